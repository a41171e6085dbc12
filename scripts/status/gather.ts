import { DistTree } from "../../synth/changes/dist-tree.ts";
import { versionsOf } from "../../synth/changes/versions.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { isoTime } from "../../synth/release/refusals.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { commitOf } from "../git/read-tree.ts";
import { isShallow } from "../git/repository.ts";
import { tryGit } from "../git/git.ts";
import { inventory } from "../inventory/inventory.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { readWaivers } from "../report/read-waivers.ts";
import { readTree } from "../tree/tree.ts";
import { distPath, loadFleet, readInputs, root } from "../workspace.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { capacityOf } from "./capacity.ts";
import { deliveryOf } from "./delivery.ts";
import type { Delivery } from "./delivery.ts";
import { environmentStatuses } from "./environment-status.ts";
import type { ClusterIdentity, KnownEnvironment } from "./environment-status.ts";
import type { FleetStatus } from "./fleet-status.ts";
import { clusterGraph } from "./graph.ts";
import { openPromotions } from "./open-promotions.ts";
import { addonSkew } from "./skew.ts";
import { waiverStatuses } from "./waivers.ts";

/**
 * Reads what the repository tells of the fleet: definitions, releases, dist and history.
 *
 * @param days days that the delivery figures are of
 * @throws ProblemsError if a definition, a release or a waiver is broken
 */
export async function gatherStatus(days: number): Promise<FleetStatus> {
  const fleet = await loadFleet();
  const inputs = readInputs();
  const commit = commitOf(root, "HEAD");
  const now = Math.floor(Date.now() / 1000);
  const open = await openPromotions(root, commit);
  const known = await environmentStatuses({ root, fleet, inputs, commit, open });
  const resolved = fleet.clusters.map((cluster) => resolveCluster(fleet, cluster, inputs));
  const problems = resolved.flatMap((each) => each.problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  const listed = inventory(fleet, fleet.clusters, inputs);
  const tree = new DistTree(readTree(distPath));
  return {
    commit,
    at: isoTime(now),
    shallow: await isShallow(root),
    environments: known.map(({ status }) => status),
    deliveries: await deliveries(known, now, days),
    clusters: identities(fleet, listed),
    skew: addonSkew(listed, chartVersions(tree)),
    graphs: resolved.flatMap((each) => (each.resolved ? [clusterGraph(each.resolved)] : [])),
    capacity: capacityOf(tree, fleet.clusters),
    waivers: waiverStatuses(readWaivers(root, undefined), isoTime(now).slice(0, 10)),
  };
}

async function deliveries(
  known: readonly KnownEnvironment[],
  now: number,
  days: number,
): Promise<readonly Delivery[]> {
  const last = known.filter(({ isLast }) => isLast);
  const revisions = last.flatMap(({ history }) =>
    history.flatMap(({ release }) => release.frozen?.revision ?? []),
  );
  const committed = await commitTimes([...new Set(revisions)]);
  return last.map(({ status: { app, environment }, history }) =>
    deliveryOf({ app, environment, history, committedAt: (revision) => committed.get(revision), now, days }),
  );
}

/** Seconds since 1970 at which these were committed, of those that are here. */
async function commitTimes(revisions: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (revisions.length === 0) return new Map();
  const { stdout } = await tryGit(
    root,
    ["log", "--no-walk", "--ignore-missing", "--format=%H %ct", "--stdin"],
    {
      input: `${revisions.join("\n")}\n`,
    },
  );
  return new Map(
    stdout.split("\n").flatMap((line): [string, number][] => {
      const [revision = "", at = ""] = line.split(" ");
      return at === "" ? [] : [[revision, Number(at)]];
    }),
  );
}

function identities(fleet: Fleet, { clusters, placements }: Inventory): readonly ClusterIdentity[] {
  return clusters.map(({ name, provider, region, kubernetes, reconciler, nodeGroups, addons }) => ({
    name,
    group: fleet.clusters.find((cluster) => cluster.name === name)?.group ?? null,
    provider,
    region,
    kubernetes,
    reconciler,
    nodeGroups: nodeGroups.map((group) => ({ name: group.name, min: group.min, max: group.max })),
    addons: addons.length,
    placements: placements
      .filter(({ cluster }) => cluster === name)
      .map(({ app, environment }) => `${app} ${environment}`),
  }));
}

/** Versions of charts as dist names them, by cluster and chart. */
function chartVersions(tree: DistTree): (cluster: string, chart: string) => string | undefined {
  const kinds = [
    "argoproj.io/Application",
    "helm.toolkit.fluxcd.io/HelmRelease",
    "source.toolkit.fluxcd.io/OCIRepository",
  ] as const;
  const versions = new Map(
    tree.clusters().flatMap((cluster) =>
      tree.objects(cluster, ...kinds).flatMap((found) =>
        versionsOf(found)
          .filter(({ of }) => of === "chart")
          .map(({ name, version }): [string, string] => [`${cluster} ${name}`, version]),
      ),
    ),
  );
  return (cluster, chart) => versions.get(`${cluster} ${chart}`);
}
