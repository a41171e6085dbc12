import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { inDist } from "../../synth/model/paths.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import type { ClusterManifests } from "./dist/manifests.ts";
import { clusterManifests } from "./dist/manifests.ts";
import { keyOf } from "./object-key.ts";
import type { Recorder } from "./record/recorder.ts";
import type { ReconcilerView } from "./reconcilers/reconciler-view.ts";

/** A running cluster that follows a temporary repository: all that a test works with. */
export interface Site {
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  readonly inputs: Inputs;
  readonly client: KubernetesClient;
  readonly recorder: Recorder;
  readonly view: ReconcilerView;
  /** Files of dist at the revision under test. */
  readonly files: ReadonlyMap<string, string>;
  /** Makes these files what the reconciler follows, and has it look now. Returns the commit. */
  publish(files: ReadonlyMap<string, string>, message: string): Promise<string>;
  /** Has the reconciler look at everything now. */
  refresh(): Promise<void>;
  scaleNodeGroup(group: string, count: number): Promise<void>;
  readonly say: (line: string) => void;
}

/** The manifests of the revision under test. */
export function manifestsOf(site: Site): ClusterManifests {
  return clusterManifests(site.files, site.cluster.name);
}

/** Tells the definition to open for a live object: that of its file, else that of its slice. */
export function definitionsOf({ view, cluster }: Site, ...all: readonly ClusterManifests[]) {
  const manifests = all.flatMap((each) => each.manifests);
  const byKey = new Map(manifests.map(({ object, definition }) => [keyOf(object), definition]));
  const byOwner = new Map(manifests.map(({ owner, definition }) => [owner, definition]));
  return (object: KubernetesObject): string => {
    const unit = view.appliedBy(object) ?? object.metadata.name;
    return byKey.get(keyOf(object)) ?? byOwner.get(unit) ?? inDist(cluster.name);
  };
}
