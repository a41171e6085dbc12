import { addonPath, appPath } from "../../synth/model/paths.ts";
import type { Addon } from "../../synth/model/addon.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Layer } from "../../synth/model/layer.ts";
import type { Environment, Reconciler } from "../../synth/model/names.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { imageReference } from "../../synth/resolve/images.ts";
import { parseRelease } from "../../synth/resolve/release-input.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import type { ResolvedCluster } from "../../synth/resolve/resolve.ts";
import type { Slice } from "../../synth/resolve/slice.ts";

export interface ListedCluster {
  readonly name: string;
  readonly definition: string;
  readonly provider: Cluster["provider"];
  /** Null, like the account, on a cluster that is not on AWS. */
  readonly region: string | null;
  readonly account: string | null;
  readonly kubernetes: string;
  readonly reconciler: Reconciler;
  readonly nodeGroups: readonly Pick<NodeGroup, "name" | "instanceTypes" | "min" | "max" | "capacity">[];
  /** Names, in the order in which they become ready. */
  readonly addons: readonly string[];
  /** Names of their slices, `<app>-<environment>`. */
  readonly placements: readonly string[];
}

export interface ListedAddon {
  readonly name: string;
  readonly description: string;
  readonly definition: string;
  readonly layer: Layer;
  /** Null for an add-on of plain objects. */
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string } | null;
  readonly namespace: string;
  /** Clusters that run it. */
  readonly clusters: readonly string[];
}

export interface ListedPlacement {
  readonly app: string;
  readonly environment: Environment;
  readonly cluster: string;
  readonly namespace: string;
  readonly definition: string;
  /** References as its containers name them. */
  readonly images: Readonly<Record<string, string>>;
}

/** The fleet, resolved and not rendered. */
export interface Inventory {
  readonly clusters: readonly ListedCluster[];
  readonly addons: readonly ListedAddon[];
  readonly placements: readonly ListedPlacement[];
}

/**
 * What these clusters run. Every add-on of the catalog is there where all clusters are asked for.
 *
 * @throws ProblemsError if one of them does not resolve
 */
export function inventory(fleet: Fleet, clusters: readonly Cluster[], inputs: Inputs): Inventory {
  const results = clusters.map((cluster) => ({ cluster, ...resolveCluster(fleet, cluster, inputs) }));
  const problems = results.flatMap((result) => result.problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  const members = results.flatMap(({ cluster, resolved }) => (resolved ? [{ cluster, resolved }] : []));
  const addons = fleet.addons.map((addon) => listedAddon(addon, members));
  const everything = clusters.length === fleet.clusters.length;
  return {
    clusters: members.map(listedCluster).toSorted(by(({ name }) => name)),
    addons: addons
      .filter((addon) => everything || addon.clusters.length > 0)
      .toSorted(by(({ name }) => name)),
    placements: members
      .flatMap((member) => listedPlacements(member, inputs))
      .toSorted(by(({ app, environment, cluster }) => `${app} ${environment} ${cluster}`)),
  };
}

interface Member {
  readonly cluster: Cluster;
  readonly resolved: ResolvedCluster;
}

function listedCluster({ cluster, resolved }: Member): ListedCluster {
  const owners = (kind: Slice["kind"]) =>
    resolved.order.filter((slice) => slice.kind === kind).map(({ owner }) => owner);
  return {
    name: cluster.name,
    definition: resolved.definition,
    provider: cluster.provider,
    region: cluster.provider === "eks" ? cluster.region : null,
    account: cluster.provider === "eks" ? cluster.account : null,
    kubernetes: cluster.kubernetes,
    reconciler: cluster.reconciler,
    nodeGroups: cluster.nodeGroups.map(({ name, instanceTypes, min, max, capacity }) => ({
      name,
      instanceTypes,
      min,
      max,
      capacity,
    })),
    addons: owners("addon"),
    placements: owners("placement"),
  };
}

function listedAddon(addon: Addon, members: readonly Member[]): ListedAddon {
  const { name, description, layer, chart, namespace } = addon;
  const runs = ({ order }: ResolvedCluster) =>
    order.some((slice) => slice.kind === "addon" && slice.owner === name);
  return {
    name,
    description,
    definition: addonPath(name),
    layer,
    chart: chart ? { repository: chart.repository, name: chart.name, version: chart.version } : null,
    namespace: namespace.name,
    clusters: members
      .filter(({ resolved }) => runs(resolved))
      .map(({ cluster }) => cluster.name)
      .toSorted(),
  };
}

function listedPlacements({ cluster, resolved }: Member, inputs: Inputs): readonly ListedPlacement[] {
  return cluster.placements.map(({ app, environment, namespace, images }) => {
    const release = parseRelease(app, environment, inputs.releases.get(`${app}/${environment}`));
    const pins = "value" in release ? release.value.images : {};
    return {
      app,
      environment,
      cluster: cluster.name,
      namespace: namespace.name,
      definition: appPath(app),
      images: Object.fromEntries(
        Object.entries(images).flatMap(([name, image]) => {
          const pin = pins[name];
          return pin === undefined ? [] : [[name, imageReference(resolved.view, image, pin)]];
        }),
      ),
    };
  });
}

function by<Item>(key: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
