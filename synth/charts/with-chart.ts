import type { Problem } from "../model/problem.ts";
import { groupKindOf } from "../objects/group-kind.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { chartObjects } from "./objects.ts";
import type { ChartRequest } from "./request.ts";

interface DrawnSlice {
  readonly rendered: RenderedSlice;
  readonly problems: readonly Problem[];
}

/** The slice with the objects of its inflated chart among its own. */
export function withChart(
  drawn: DrawnSlice,
  request: ChartRequest | undefined,
  inflated: ReadonlyMap<string, string> | undefined,
  schemas: SchemaSet,
): DrawnSlice {
  if (request === undefined) return drawn;
  const { slice, objects } = drawn.rendered;
  const { owner, definition, namespace } = slice;
  const cluster = slice.context.cluster.name;
  const text = inflated?.get(request.key);
  if (text === undefined) {
    const missing: Problem = {
      rule: "chart-not-inflated",
      at: { definition, cluster, object: owner },
      what: `chart ${request.name} ${request.version} is in mode inflate, and its objects are not there`,
      fix: "npm run synth, which pulls and renders it",
    };
    return { ...drawn, problems: [...drawn.problems, missing] };
  }
  const undeclared = (object: KubernetesObject): Problem[] => undeclaredIn(slice, object, cluster);
  const chart = chartObjects(text, { namespace, definition, cluster }, schemas);
  const [stage = "main"] = slice.stages;
  return {
    rendered: {
      ...drawn.rendered,
      objects: [
        ...objects,
        ...chart.objects.map((object) => ({ object, owner, definition, stage, stack: "" })),
      ],
    },
    problems: [...drawn.problems, ...chart.problems, ...chart.objects.flatMap(undeclared)],
  };
}

/** What the definition says that the chart creates is what a reviewer agreed to, so nothing else is let in. */
function undeclaredIn(
  { owner, chart, definition, ...slice }: Slice,
  object: KubernetesObject,
  cluster: string,
): Problem[] {
  const { namespace } = object.metadata;
  const kind = groupKindOf(object);
  const at = { definition, cluster, object: objectName(object) };
  const kinds = namespace === undefined ? chart?.kinds.cluster : chart?.kinds.namespaced;
  if (kinds?.includes(kind) !== true) {
    const list = namespace === undefined ? "cluster" : "namespaced";
    return [
      {
        rule: "chart-kinds",
        at,
        what: `the chart creates a ${object.kind}, which ${owner} does not declare`,
        fix: `if it is meant to, add "${kind}" to kinds.${list}`,
      },
    ];
  }
  if (namespace === undefined || [slice.namespace, ...slice.otherNamespaces].includes(namespace)) return [];
  return [
    {
      rule: "chart-kinds",
      at,
      what: `the chart writes to namespace ${namespace}, which ${owner} does not declare`,
      fix: `if it is meant to, add "${namespace}" to kinds.alsoIn`,
    },
  ];
}
