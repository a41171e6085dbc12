import { appPath } from "../model/paths.ts";
import { dnsLabelRule, isDnsLabel } from "../model/dns-label.ts";
import type { NamespaceSpec } from "../model/namespace.ts";
import type { Placement } from "../model/placement.ts";
import type { Problem } from "../model/problem.ts";
import type { AddonSlices } from "./addon-slices.ts";
import type { Inputs } from "./inputs.ts";
import type { NamespaceClaim } from "./namespace-slice.ts";
import { imageReferences, releaseProblems } from "./placement-images.ts";
import { standingOf } from "./standing.ts";
import type { Standing } from "./standing.ts";
import type { FrozenSlice } from "../release/frozen-slice.ts";
import { reportInto } from "./report.ts";
import type { ClusterScope } from "./scope.ts";
import { sliceContext } from "./slice-context.ts";
import type { Slice } from "./slice.ts";

/** A slice for each placement of the cluster, after the add-ons that provide what its app needs. */
export function placementSlices(
  scope: ClusterScope,
  inputs: Inputs,
  addons: AddonSlices,
): { readonly slices: readonly Slice[]; readonly namespaces: readonly NamespaceClaim[] } {
  const slices: Slice[] = [];
  const namespaces: NamespaceClaim[] = [];
  for (const placement of distinctPlacements(scope)) {
    if (!isDnsLabel(placement.app)) {
      scope.problems.push(unfitName(scope, placement.app));
      continue;
    }
    const standing = standingOf(scope, placement, inputs);
    if (standing === undefined) {
      // Its first promotion would be refused for a name that is taken, with the neighbour long in service.
      const { app, environment, namespace: spec } = placement;
      namespaces.push({ owner: `${app}-${environment}`, exclusive: true, spec, waiting: true });
      continue;
    }
    const resolved = placementSlice(scope, placement, standing, addons);
    if (resolved === undefined) continue;
    slices.push(resolved.slice);
    const loadBalanced =
      scope.capabilities.ingress?.controller === "alb" && placement.needs.includes("ingress");
    const { owner } = resolved.slice;
    namespaces.push(
      ...(standing.frozen
        ? standing.frozen.namespaces.map((name) => ({
            owner,
            exclusive: true,
            spec: { name },
            frozen: true as const,
          }))
        : [{ ...placement.namespace, loadBalanced }, ...resolved.namespaces].map((spec) => ({
            owner,
            exclusive: true,
            spec,
          }))),
    );
  }
  return { slices, namespaces };
}

/** An app has one placement for each environment: both would have the same name, the same folder, the same release. */
function distinctPlacements({ cluster, definition, problems }: ClusterScope): readonly Placement[] {
  const groups = Map.groupBy(cluster.placements, ({ app, environment }) => `${app}/${environment}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { app, environment } = first;
    if (others.length > 0) {
      problems.push({
        rule: "placement-duplicate",
        at: { definition, cluster: cluster.name, object: `${app}-${environment}` },
        what: `${definition} places ${app} in ${environment} ${others.length === 1 ? "twice" : `${others.length + 1} times`}`,
        fix: "keep one of them, or give the other another environment",
      });
    }
    return [first];
  });
}

/** Told before anything is made of it, such as the path of a release. */
function unfitName({ definition, view }: ClusterScope, app: string): Problem {
  return {
    rule: "names",
    at: { definition, cluster: view.name },
    what: `app ${JSON.stringify(app)} is not a DNS label, and is part of paths and names`,
    fix: `use ${dnsLabelRule}`,
  };
}

function placementSlice(
  scope: ClusterScope,
  placement: Placement,
  { release, frozen }: Standing,
  addons: AddonSlices,
): { readonly slice: Slice; readonly namespaces: readonly NamespaceSpec[] } | undefined {
  const { app, environment } = placement;
  const definition = appPath(app);
  const owner = `${app}-${environment}`;
  // A frozen slice pins the images that its own revision had.
  const unpinned = frozen ? [] : releaseProblems(placement, release);
  const context = {
    cluster: scope.view,
    capabilities: scope.capabilities,
    namespace: placement.namespace.name,
    environment,
    images: imageReferences(scope, placement, release, frozen !== undefined),
  };
  const report = reportInto(scope.problems, definition, scope.view.name, owner);
  const bound = placement.bind({ ...context, report });
  scope.problems.push(...unpinned);
  if (unpinned.length > 0) return undefined;
  if (bound === undefined) {
    scope.problems.push(unfit(scope, placement, definition));
    return undefined;
  }
  const namespaces = bound.namespaces();
  const [namespace, ...otherNamespaces] = homesOf(placement, namespaces, frozen);
  return {
    namespaces,
    slice: {
      owner,
      kind: "placement",
      placement: { app, environment },
      description: placement.description,
      layer: "applications",
      definition,
      namespace,
      otherNamespaces,
      dependsOn: providersOf(placement, addons),
      stages: stagesOf(placement, frozen),
      ...(frozen && { frozen }),
      permissions: bound.permissions(),
      parameters: placement.parameters,
      context: sliceContext(scope, {
        partOf: app,
        owner,
        namespace,
        environment,
        secretPath: `${app}/${environment}`,
      }),
      // Bound once more, to whom it reports now.
      render: (stages, reportNow) => placement.bind({ ...context, report: reportNow })?.render(stages),
    },
  };
}

function providersOf({ needs, uses }: Placement, { providers }: AddonSlices): readonly string[] {
  return [...new Set([...needs, ...uses].flatMap((name) => providers.get(name) ?? []))];
}

/** Its own namespace first. A frozen slice lives where it was released to. */
function homesOf(
  placement: Placement,
  others: readonly NamespaceSpec[],
  frozen: FrozenSlice | undefined,
): readonly [string, ...string[]] {
  const { name } = placement.namespace;
  if (frozen === undefined) return [name, ...others.map((other) => other.name)];
  const [first = name, ...rest] = frozen.namespaces.toSorted(
    (a, b) => Number(b === name) - Number(a === name),
  );
  return [first, ...rest];
}

/** A frozen slice has the stages that its folders are named after; of one without, the only stage stands in no path. */
function stagesOf({ stages }: Placement, frozen: FrozenSlice | undefined): readonly string[] {
  if (frozen === undefined) return stages;
  return frozen.stages.length > 0 ? frozen.stages : stages.slice(0, 1);
}

/** Types refuse this where cluster and placement are written together; a list put together elsewhere gets here. */
function unfit(scope: ClusterScope, placement: Placement, definition: string): Problem {
  const lacking = placement.needs.filter((name) => scope.capabilities[name] === undefined);
  return {
    rule: "placement-unfit",
    at: { definition, cluster: scope.view.name },
    what: `${placement.app} needs ${lacking.join(", ")}, which ${scope.view.name} does not have`,
    fix: `give the cluster that capability in ${scope.definition}, or place the app elsewhere`,
  };
}
