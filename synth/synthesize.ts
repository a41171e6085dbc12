import { awsStacks } from "./aws/stacks.ts";
import { chartRequests } from "./charts/request.ts";
import { withChart } from "./charts/with-chart.ts";
import type { RenderedCluster } from "./checks/check.ts";
import { checks } from "./checks/checks.ts";
import type { FileSpec } from "./layout/file-spec.ts";
import { bootstrapValues, deliveryFiles, sliceFiles, stackFiles } from "./layout/layout.ts";
import type { Cluster } from "./model/cluster.ts";
import type { Fleet } from "./model/fleet.ts";
import type { Problem } from "./model/problem.ts";
import { reconcilerWirings } from "./reconcilers.ts";
import type { DeliveryObject, ReconcilerWiring } from "./reconciler/wiring.ts";
import { frozenObjects, frozenSlice } from "./render/frozen.ts";
import { renderSlice } from "./render/render.ts";
import type { RenderedObject, RenderedSlice } from "./render/render.ts";
import type { Inputs } from "./resolve/inputs.ts";
import { resolveCluster } from "./resolve/resolve.ts";
import type { ResolvedCluster } from "./resolve/resolve.ts";
import type { Slice } from "./resolve/slice.ts";
import { schemaSet } from "./schemas/schema-set.ts";
import type { SchemaSet } from "./schemas/schema-set.ts";

export interface SynthOptions {
  /** Remember the line that created each object, for `explain`. Default: false. */
  readonly trace?: boolean;
}

/** One cluster, from definition to files. */
export interface SynthesizedCluster {
  readonly name: string;
  /** Undefined where its facts do not allow rendering it. */
  readonly rendered: RenderedCluster | undefined;
  readonly files: readonly FileSpec[];
  readonly problems: readonly Problem[];
}

/** The whole flow for one cluster: resolve → render → wire the reconciler → check → lay out. Pure. */
export function synthesizeCluster(
  fleet: Fleet,
  cluster: Cluster,
  inputs: Inputs,
  options: SynthOptions = {},
): SynthesizedCluster {
  const { resolved, problems } = resolveCluster(fleet, cluster, inputs);
  if (resolved === undefined) return { name: cluster.name, rendered: undefined, files: [], problems };
  const schemas = schemaSet(cluster.kubernetes);
  const wiring = reconcilerWirings[cluster.reconciler];
  const { slices, problems: drawing } = drawSlices(resolved, wiring, schemas, inputs, options);
  // What delivers a frozen slice is part of it, so that its rights are those that its objects need.
  const live = slices.filter(({ slice }) => slice.frozen === undefined);
  const delivery = wiring.delivery(resolved, live, schemas);
  const objects = [
    ...slices.flatMap((slice) => slice.objects),
    ...delivery.map(asRendered),
    ...resolved.order.flatMap((slice) => frozenObjects(slice, "reconciler")),
  ];
  const rendered: RenderedCluster = {
    cluster: resolved,
    reconcilerNamespace: wiring.namespace,
    slices,
    objects,
    stacks: awsStacks(fleet, resolved, objects),
    eks: cluster.provider === "eks" ? cluster : undefined,
    schemas,
  };
  return {
    name: cluster.name,
    rendered,
    files: [
      ...slices.flatMap((slice) => sliceFiles(cluster.name, slice)),
      ...deliveryFiles(cluster.name, delivery),
      ...slices.flatMap((slice) => bootstrapValues(cluster.name, slice)),
      ...stackFiles(resolved, rendered.stacks),
    ],
    problems: [...problems, ...drawing, ...checks.flatMap((check) => [...check.run(rendered)])],
  };
}

/** Every slice with its objects: rendered, with those of its chart, or as its release left it. */
function drawSlices(
  resolved: ResolvedCluster,
  wiring: ReconcilerWiring,
  schemas: SchemaSet,
  inputs: Inputs,
  options: SynthOptions,
): { readonly slices: readonly RenderedSlice[]; readonly problems: readonly Problem[] } {
  const charts = chartRequests(resolved, schemas);
  const drawn = resolved.order.map((slice) =>
    slice.frozen
      ? { rendered: frozenSlice(slice), problems: [] }
      : withChart(
          renderSlice(slice, schemas, options.trace ?? false),
          charts.get(slice),
          inputs.charts,
          schemas,
        ),
  );
  const slices = drawn.map(({ rendered }) =>
    rendered.slice.frozen ? rendered : withFrozenNamespaces(withReconciler(rendered, wiring), resolved.order),
  );
  return { slices, problems: drawn.flatMap((slice) => slice.problems) };
}

/** The slice with the objects that stand for its chart, each annotated for the reconciler. */
function withReconciler(rendered: RenderedSlice, wiring: ReconcilerWiring): RenderedSlice {
  const { slice } = rendered;
  const [firstStage = "main"] = slice.stages;
  const chart = wiring.chartObjects(slice).map((object): RenderedObject => ({
    object,
    owner: slice.owner,
    definition: slice.definition,
    stage: firstStage,
    stack: "",
  }));
  const all = { ...rendered, objects: [...rendered.objects, ...chart] };
  return {
    ...all,
    objects: all.objects.map((each) => ({ ...each, object: wiring.annotate(each, all) })),
  };
}

/** The slice of namespaces holds those of frozen slices, too: who may make them, and what is checked, covers them. */
function withFrozenNamespaces(rendered: RenderedSlice, all: readonly Slice[]): RenderedSlice {
  const { slice, objects } = rendered;
  if (slice.kind !== "namespaces") return rendered;
  const frozen = all.flatMap((each) => frozenObjects(each, "namespaces", slice.owner));
  return { ...rendered, objects: [...objects, ...frozen] };
}

function asRendered({ object, owner, definition }: DeliveryObject): RenderedObject {
  return { object, owner, definition, stage: "main", stack: "" };
}
