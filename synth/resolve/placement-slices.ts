import { appPath, releasePath } from "../model/paths.ts";
import { dnsLabelRule, isDnsLabel } from "../model/dns-label.ts";
import type { NamespaceSpec } from "../model/namespace.ts";
import type { Placement } from "../model/placement.ts";
import type { Problem } from "../model/problem.ts";
import type { Release } from "../model/release.ts";
import type { AddonSlices } from "./addon-slices.ts";
import { imageReference } from "./images.ts";
import { parseRelease } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";
import type { NamespaceClaim } from "./namespace-slice.ts";
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
    const release = parseRelease(
      placement.app,
      placement.environment,
      inputs.releases.get(ownReleaseOf(placement)),
      Object.keys(placement.images),
    );
    if ("problems" in release) {
      scope.problems.push(...release.problems);
      continue;
    }
    const resolved = placementSlice(scope, placement, release.value, addons);
    if (resolved === undefined) continue;
    slices.push(resolved.slice);
    const loadBalanced =
      scope.capabilities.ingress?.controller === "alb" && placement.needs.includes("ingress");
    namespaces.push(
      ...[{ ...placement.namespace, loadBalanced }, ...resolved.namespaces].map((spec) => ({
        owner: resolved.slice.owner,
        exclusive: true,
        spec,
      })),
    );
  }
  return { slices, namespaces };
}

const ownReleaseOf = ({ app, environment }: Placement): string => `${app}/${environment}`;

/** An app has one placement for each environment: both would have the same name, the same folder, the same release. */
function distinctPlacements({ cluster, definition, problems }: ClusterScope): readonly Placement[] {
  const groups = Map.groupBy(cluster.placements, ownReleaseOf);
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
  release: Release,
  addons: AddonSlices,
): { readonly slice: Slice; readonly namespaces: readonly NamespaceSpec[] } | undefined {
  const { app, environment } = placement;
  const definition = appPath(app);
  const owner = `${app}-${environment}`;
  const unpinned = releaseProblems(placement, release);
  const context = {
    cluster: scope.view,
    capabilities: scope.capabilities,
    namespace: placement.namespace.name,
    environment,
    images: imageReferences(scope, placement, release),
  };
  const report = reportInto(scope.problems, definition, scope.view.name, owner);
  const bound = placement.bind({ ...context, report });
  scope.problems.push(...unpinned);
  if (unpinned.length > 0) return undefined;
  if (bound === undefined) {
    scope.problems.push(unfit(scope, placement, definition));
    return undefined;
  }
  const namespace = placement.namespace.name;
  const namespaces = bound.namespaces();
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
      otherNamespaces: namespaces.map(({ name }) => name),
      dependsOn: [
        ...new Set(
          [...placement.needs, ...placement.uses].flatMap((name) => addons.providers.get(name) ?? []),
        ),
      ],
      stages: placement.stages,
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

function imageReferences(
  scope: ClusterScope,
  placement: Placement,
  release: Release,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(placement.images).flatMap(([name, image]) => {
      const pin = release.images[name];
      return pin === undefined ? [] : [[name, imageReference(scope.view, image, pin)]];
    }),
  );
}

/** A release pins exactly the app's images. */
function releaseProblems(placement: Placement, release: Release): Problem[] {
  const at = { definition: releasePath(placement.app, placement.environment) };
  const declared = Object.keys(placement.images);
  return [
    ...declared
      .filter((name) => release.images[name] === undefined)
      .map((name) => ({
        rule: "release",
        at,
        what: `image ${name} is not pinned`,
        fix: `add "${name}" with a digest or a version tag`,
      })),
    ...Object.keys(release.images)
      .filter((name) => !declared.includes(name))
      .map((name) => ({
        rule: "release",
        at,
        what: `image ${name} is not one of ${placement.app}'s (${declared.join(", ")})`,
        fix: "remove it, or correct its spelling",
      })),
    ...Object.entries(release.images)
      .filter(([, pin]) => pin === "local" && placement.environment !== "local")
      .map(([name]) => ({
        rule: "release",
        at,
        what: `image ${name} is pinned to "local", which exists on a developer's machine only`,
        fix: "pin a digest or a version tag",
      })),
  ];
}
