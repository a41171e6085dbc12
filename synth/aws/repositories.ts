import type { EksView } from "../model/cluster-view.ts";
import type { Cluster, EksCluster } from "../model/cluster.ts";
import { environments } from "../model/names.ts";
import type { Placement } from "../model/placement.ts";
import { logicalId } from "./logical-id.ts";

/** A repository of images, and what its resource and output are called after. */
export interface Repository {
  readonly id: string;
  readonly name: string;
}

/**
 * The repositories that a cluster's stack makes. Clusters of one account and region share an app's repositories; they are made
 * where the app runs in its last environment, which is the last to be taken away.
 */
export function repositoriesOf(clusters: readonly Cluster[], view: EksView): readonly Repository[] {
  const neighbours = clusters.filter(
    (each): each is EksCluster =>
      each.provider === "eks" && each.account === view.account && each.region === view.region,
  );
  const found = new Map<string, Repository>();
  const taken = new Set<string>();
  const placements = neighbours.find(({ name }) => name === view.name)?.placements ?? [];
  for (const { app, images } of placements) {
    if (homeOf(app, neighbours)?.name !== view.name) continue;
    for (const [image, { repository }] of Object.entries(images)) {
      if (found.has(repository)) continue;
      const short = logicalId(image);
      // The name of an image is unique in its app only.
      const id = taken.has(short) ? `${logicalId(app)}${short}` : short;
      taken.add(id);
      found.set(repository, { id, name: repository });
    }
  }
  return [...found.values()];
}

/** The cluster that runs the app's last environment; the first of the fleet where several do. */
function homeOf(app: string, clusters: readonly EksCluster[]): EksCluster | undefined {
  const lastOf = ({ placements }: EksCluster) => Math.max(...placements.map((each) => rank(each, app)));
  return clusters
    .filter(({ placements }) => placements.some((each) => each.app === app))
    .toSorted((a, b) => lastOf(b) - lastOf(a))[0];
}

function rank(placement: Placement, app: string): number {
  return placement.app === app ? environments.indexOf(placement.environment) : -1;
}
