import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { startSite as startCluster } from "../cluster/site.ts";
import type { Site as RunningCluster, SiteOptions as ClusterOptions } from "../cluster/site.ts";
import type { ControlPlane } from "../control-plane/control-plane.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { recordedProcesses } from "../process/record.ts";
import { root } from "../root.ts";
import { revisionOf } from "./record/history.ts";
import { Recorder } from "./record/recorder.ts";
import { hurryHealthChecks } from "./reconcilers/flux-health.ts";
import { reconcilerViews } from "./reconcilers/views.ts";
import type { Site } from "./site.ts";
import { stateFolder } from "./state-folder.ts";

export type SiteOptions = Omit<ClusterOptions, "folder" | "nodes">;

export interface StartedSite extends Site {
  readonly plane: ControlPlane;
  /** Publishes these files, applies their bootstrap folder as a person would, and returns the commit. */
  bootstrap(files: ReadonlyMap<string, string>): Promise<string>;
  /** What was asked for on the network that dist does not name, one line each. */
  refusals(): readonly string[];
  standIns(): readonly string[];
  /** What stand-ins could not do, one line each. */
  complaints(): readonly string[];
  /** Last lines of what the reconciler and the control plane log. */
  logTails(): Readonly<Record<string, readonly string[]>>;
  /** Ids of the processes that run for it. */
  processes(): readonly number[];
  stop(): Promise<void>;
}

/** Starts a cluster of its own that is recorded from before its reconciler is given anything. */
export async function startSite(options: SiteOptions): Promise<StartedSite> {
  const { cluster } = options;
  const folder = stateFolder(root, `${cluster.name}-${cluster.reconciler}`);
  let running: RunningCluster | undefined;
  try {
    running = await startCluster({ ...options, folder: folder.path });
    const client = await connectKubernetes(running.plane.kubeconfig);
    const recorder = new Recorder(client, reconcilerViews[cluster.reconciler]);
    await recorder.start();
    if (cluster.reconciler === "flux") hurryHealthChecks(client, recorder);
    return started(options, running, client, recorder, folder);
  } catch (error) {
    await running?.stop();
    folder.remove();
    throw error;
  }
}

function started(
  options: SiteOptions,
  running: RunningCluster,
  client: KubernetesClient,
  recorder: Recorder,
  folder: ReturnType<typeof stateFolder>,
): StartedSite {
  const { plane, reconciler, rollouts, loopback, standIns, repository } = running;
  const { cluster } = options;
  const own = (files: ReadonlyMap<string, string>) =>
    new Map([...files].filter(([path]) => path.startsWith(`${cluster.name}/`)));
  const refresh = () => reconciler.refresh();
  return {
    ...options,
    client,
    recorder,
    plane,
    view: reconcilerViews[cluster.reconciler],
    refresh,
    publish: async (files, message) => {
      const commit = await repository.commit(own(files), message);
      await refresh();
      return commit;
    },
    scaleNodeGroup: (group, count) => plane.scaleNodeGroup(group, count),
    bootstrap: async (files) => {
      const commit = await repository.commit(own(files), "The first revision");
      await apply(client, recorder, running.bootstrap(files));
      return commit;
    },
    refusals: () =>
      loopback.refusals.map(({ target }) => `something asked for ${target}, which dist does not name`),
    standIns: () => standIns.used(),
    complaints: () => [...standIns.complaints(), ...(rollouts?.complaints() ?? [])],
    logTails: () => ({ ...plane.logTails(), ...reconciler.logTails(), ...rollouts?.logTails() }),
    processes: () => recordedProcesses(folder.path).map(({ pid }) => pid),
    stop: async () => {
      recorder.stop();
      client.close();
      await running.stop();
      folder.remove();
    },
  };
}

/**
 * Milliseconds. kubectl is not quicker, and Argo CD refuses an Application until its next resync if it hears of it
 * before it hears of its project, which the file before holds.
 */
const betweenObjects = 300;

/** What the API server knows at the first of these is what was there before the run. */
async function apply(
  client: KubernetesClient,
  recorder: Recorder,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const [first] = objects;
  if (first === undefined) return;
  recorder.history.begin(revisionOf(await client.apply(first, { fieldManager: "kubectl" })));
  for (const object of objects) {
    await client.apply(object, { fieldManager: "kubectl" });
    await sleep(betweenObjects);
  }
}
