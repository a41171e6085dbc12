import { addonPath } from "../model/paths.ts";
import type { Addon, BoundAddon, ClusterTraits } from "../model/addon.ts";
import type { AddonContext, Report } from "../model/context.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import type { Fleet } from "../model/fleet.ts";
import type { Problem } from "../model/problem.ts";
import { platformPolicy } from "../model/promotion.ts";
import { mainStage } from "../model/stage.ts";
import type { FrozenSlice } from "../release/frozen-slice.ts";
import type { NamespaceClaim } from "./namespace-slice.ts";
import { identityOf } from "./identities.ts";
import { faultyValues } from "./chart-values.ts";
import { reportInto } from "./report.ts";
import type { Inputs } from "./inputs.ts";
import type { ClusterScope } from "./scope.ts";
import { addonStanding } from "./standing.ts";
import type { ChartRelease, Slice } from "./slice.ts";
import { sliceContext } from "./slice-context.ts";

export interface AddonSlices {
  readonly slices: readonly Slice[];
  readonly namespaces: readonly NamespaceClaim[];
  /** Owners that make each capability true. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
}

/** The add-ons that the cluster's capabilities call for, and those they depend on; no more. */
export function addonSlices(
  scope: ClusterScope,
  { addons: catalog, promotion }: Pick<Fleet, "addons" | "promotion">,
  inputs: Inputs,
): AddonSlices {
  const chosen = choose(scope, catalog);
  const slices: Slice[] = [];
  const providers = new Map<string, string[]>();
  for (const addon of chosen) {
    const definition = addonPath(addon.name);
    scope.problems.push(...unknownBefore(scope, addon, catalog));
    const report = reportInto(scope.problems, definition, scope.view.name, addon.name);
    const bound = addon.bind(addonContext(scope, addon, report));
    if (bound === undefined) {
      scope.problems.push(unfit(scope, addon, definition));
      continue;
    }
    const standing = addonStanding(scope, addon, platformPolicy(promotion), inputs);
    if (standing === "unreleased") continue;
    slices.push(sliceOf(scope, addon, bound, definition, standing));
    for (const capability of addon.provides) {
      providers.set(capability, [...(providers.get(capability) ?? []), addon.name]);
    }
  }
  const running = new Set(slices.map(({ owner }) => owner));
  for (const [index, slice] of slices.entries()) {
    const addon = chosen.find(({ name }) => name === slice.owner);
    const implied = [
      ...(addon?.needs ?? []).flatMap((capability) => providers.get(capability) ?? []),
      ...(addon?.after ?? []).filter((name) => running.has(name)),
    ];
    slices[index] = {
      ...slice,
      dependsOn: [...slice.dependsOn, ...implied.filter((owner) => owner !== slice.owner)],
    };
  }
  // Their webhooks are called from the control plane, whose addresses no policy can tell from a pod's: a
  // chart that closes its own network does so by its values.
  const namespaces = chosen.map(({ name, namespace }) => ({
    owner: name,
    exclusive: false,
    spec: { defaultDeny: false, ...namespace },
  }));
  return { slices, namespaces, providers };
}

function choose(scope: ClusterScope, catalog: readonly Addon[]): readonly Addon[] {
  const traits: ClusterTraits = {
    provider: scope.view.provider,
    reconciler: scope.view.reconciler,
    capabilities: scope.capabilities,
  };
  const byName = new Map(catalog.map((addon) => [addon.name, addon]));
  const chosen = new Set<Addon>();
  const add = (addon: Addon): void => {
    if (chosen.has(addon)) return;
    chosen.add(addon);
    for (const name of addon.dependsOn) {
      // One that the catalog does not list stays unmet, which the dependency graph reports.
      const dependency = byName.get(name);
      if (dependency !== undefined) add(dependency);
    }
  };
  for (const addon of catalog) if (addon.wanted(traits)) add(addon);
  return [...chosen];
}

/** Coming after what does not run here is fine; coming after what exists nowhere is a typing mistake. */
function unknownBefore(scope: ClusterScope, addon: Addon, catalog: readonly Addon[]): readonly Problem[] {
  const known = catalog.map(({ name }) => name);
  return addon.after
    .filter((name) => !known.includes(name))
    .map((name) => ({
      rule: "dependency",
      at: { definition: addonPath(addon.name), cluster: scope.view.name },
      what: `${addon.name} comes after ${name}, and no add-on is called so`,
      fix: didYouMean(name, known, "add it to the catalog, or drop it from after"),
    }));
}

function addonContext(scope: ClusterScope, addon: Addon, report: Report): AddonContext<never> {
  return {
    cluster: scope.view,
    capabilities: scope.capabilities,
    namespace: addon.namespace.name,
    identity: (serviceAccount) => identityOf(scope.roles, addon.namespace.name, serviceAccount),
    report,
  };
}

function sliceOf(
  scope: ClusterScope,
  addon: Addon,
  bound: BoundAddon,
  definition: string,
  frozen: FrozenSlice | undefined,
): Slice {
  const namespace = addon.namespace.name;
  const chart = addon.chart && chartRelease(scope, addon, addon.chart, bound, definition);
  return {
    owner: addon.name,
    kind: "addon",
    description: addon.description,
    layer: addon.layer,
    definition,
    namespace,
    otherNamespaces: addon.chart?.kinds.alsoIn ?? [],
    dependsOn: addon.dependsOn,
    stages: ["main"],
    ...(chart && { chart }),
    ...(frozen && { frozen }),
    permissions: Object.fromEntries(
      Object.entries(bound.permissions()).map(([account, permissions]) => [
        `${namespace}/${account}`,
        permissions,
      ]),
    ),
    parameters: chart?.values ?? {},
    context: sliceContext(scope, {
      partOf: "platform",
      owner: addon.name,
      namespace,
      secretPath: addon.name,
    }),
    // Bound once more, to whom it reports now.
    render: (stages, report) => {
      addon.bind(addonContext(scope, addon, report))?.render(mainStage(stages));
    },
  };
}

function chartRelease(
  scope: ClusterScope,
  addon: Addon,
  chart: NonNullable<Addon["chart"]>,
  bound: BoundAddon,
  definition: string,
): ChartRelease {
  const { cluster } = scope;
  const values = bound.values();
  const faulty = faultyValues(values);
  const report = reportInto(scope.problems, definition, cluster.name, addon.name);
  for (const { path, what, fix } of faulty) report(`chart value ${path} is ${what}`, fix);
  return {
    ...chart,
    ...(cluster.chartMirror && { repository: cluster.chartMirror }),
    mode: cluster.chartMode ?? "reference",
    values: faulty.length > 0 ? {} : values,
    installedFirst: addon.installedFirst ?? false,
  };
}

function unfit(scope: ClusterScope, addon: Addon, definition: string): Problem {
  const lacking = addon.needs.filter((name) => scope.capabilities[name] === undefined);
  return {
    rule: "addon-unfit",
    at: { definition, cluster: scope.view.name },
    what:
      lacking.length > 0
        ? `${addon.name} needs ${lacking.join(", ")}, which ${scope.view.name} does not have`
        : `${addon.name} runs on EKS only, and ${scope.view.name} is on ${scope.view.provider}`,
    fix:
      lacking.length > 0
        ? `give the cluster that capability in ${scope.definition}, or narrow the add-on's "wanted"`
        : 'narrow the add-on\'s "wanted", or drop it from the dependsOn that pulls it in',
  };
}
