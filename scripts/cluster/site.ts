import { join } from "node:path";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { startArgoCd } from "../control-plane/argocd.ts";
import type { ControlPlane } from "../control-plane/control-plane.ts";
import { startFlux } from "../control-plane/flux.ts";
import type { RunningReconciler } from "../control-plane/reconciler.ts";
import { startRollouts } from "../control-plane/rollouts.ts";
import type { RunningRollouts } from "../control-plane/rollouts.ts";
import { controlPlaneTools, startControlPlane } from "../control-plane/start.ts";
import { remoteSecrets } from "../../synth/aws/remote-secrets.ts";
import { startGitServer } from "../git-server/start.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { startLoopback } from "../loopback/loopback.ts";
import { outsideSources } from "../loopback/sources.ts";
import type { Loopback } from "../loopback/loopback.ts";
import { packageStandIn } from "../stand-ins/charts/package.ts";
import { madeByStacks } from "../stand-ins/secrets/made-by-stacks.ts";
import { startStandIns } from "../stand-ins/start.ts";
import type { StandIns } from "../stand-ins/start.ts";
import { Started } from "../process/started.ts";
import { findTool, findTools } from "../tools/find.ts";
import { pinnedBy } from "../tools/pinned.ts";
import { moduleOf } from "../tools/table.ts";
import type { ToolName } from "../tools/table.ts";
import { clusterManifests } from "../verify/dist/manifests.ts";
import { temporaryRepository } from "../verify/dist/temporary-repository.ts";
import type { TemporaryRepository } from "../verify/dist/temporary-repository.ts";

export interface SiteOptions {
  /** State of all of it. */
  readonly folder: string;
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  readonly inputs: Inputs;
  /** Files of dist, by path from its root. */
  readonly files: ReadonlyMap<string, string>;
  /** Files of another revision that it is going to follow as well. */
  readonly base?: ReadonlyMap<string, string>;
  readonly nodes?: "min" | "max";
  readonly say: (line: string) => void;
}

/** A cluster of its own with its reconciler, and on the loopback everything that its dist names. */
export interface Site {
  readonly plane: ControlPlane;
  readonly reconciler: RunningReconciler;
  readonly loopback: Loopback;
  readonly standIns: StandIns;
  /** Where dist has its chart. */
  readonly rollouts?: RunningRollouts;
  /** What the reconciler follows; empty at first. */
  readonly repository: TemporaryRepository;
  /** Objects of the bootstrap folder, in the order in which kubectl takes its files. */
  readonly bootstrap: (files: ReadonlyMap<string, string>) => readonly KubernetesObject[];
  stop(): Promise<void>;
}

/** What each reconciler runs, or has run for it. */
const reconcilerTools: Readonly<Record<Reconciler, readonly ToolName[]>> = {
  argocd: ["argocd", "helm"],
  flux: ["kustomize-controller", "source-controller", "helm"],
};

/** @throws ProblemsError where something that it needs cannot be had, or does not come up */
export async function startSite(options: SiteOptions): Promise<Site> {
  const started = new Started();
  try {
    return await start(options, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function start(options: SiteOptions, started: Started): Promise<Site> {
  const { folder, fleet, cluster, nodes = "min", say } = options;
  const objects = objectsOf(options);
  const hasRollouts = outsideSources(objects).charts.some(({ name }) => name === "argo-rollouts");
  // First, so that all that cannot be had is told at once.
  await findTools(toolsFor(cluster, hasRollouts), { say });
  const { pathname } = new URL(fleet.repository.url);
  const served = join(folder, "git");
  const repository = await temporaryRepository(join(served, pathname), fleet.repository.branch);
  const git = started.add(await startGitServer({ folder: served }), (server) => server.stop());
  const [plane, loopback] = await Promise.all([
    startControlPlane({
      folder,
      kubernetes: cluster.kubernetes,
      nodeGroups: cluster.nodeGroups.map(withFirstNode),
      provider: cluster.provider,
      ...(cluster.provider === "eks" && { region: cluster.region }),
      nodes,
      say,
    }).then((running) => started.add(running, (each) => each.stop())),
    startLoopback({ folder, objects, git: `${git.url}${pathname}`, packageChart: packageStandIn }).then(
      (running) => started.add(running, (each) => each.stop()),
    ),
  ]);
  const standIns = started.add(await stoodIn(options, plane, objects), (each) => each.stop());
  const rollouts = hasRollouts
    ? started.add(await startRollouts(plane, say), (each) => each.stop())
    : undefined;
  const reconciler = started.add(await startReconciler(options, plane, loopback), (each) => each.stop());
  return {
    plane,
    reconciler,
    loopback,
    standIns,
    ...(rollouts && { rollouts }),
    repository,
    bootstrap: (files) => bootstrapOf(files, cluster),
    stop: () => started.stop(),
  };
}

/** The node that the autoscaler, which does not run here, would bring as soon as a pod asks for one. */
function withFirstNode(group: NodeGroup): NodeGroup {
  return { ...group, min: Math.max(group.min, 1) };
}

function bootstrapOf(files: ReadonlyMap<string, string>, { name }: Cluster): readonly KubernetesObject[] {
  return clusterManifests(files, name)
    .manifests.filter((manifest) => manifest.folder === "bootstrap")
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ object }) => object);
}

function toolsFor({ reconciler }: Cluster, hasRollouts: boolean): readonly ToolName[] {
  const tools = [...controlPlaneTools, ...reconcilerTools[reconciler]];
  return hasRollouts ? [...tools, "rollouts-controller"] : tools;
}

function objectsOf({ cluster, files, base }: SiteOptions): readonly KubernetesObject[] {
  return [files, ...(base === undefined ? [] : [base])].flatMap((each) =>
    clusterManifests(each, cluster.name).manifests.map(({ object }) => object),
  );
}

async function stoodIn(
  { folder, fleet, cluster, inputs, files }: SiteOptions,
  plane: ControlPlane,
  objects: readonly KubernetesObject[],
): Promise<StandIns> {
  const { rendered } = synthesizeCluster(fleet, cluster, inputs);
  const defined = rendered?.objects.map(({ object }) => object) ?? [];
  const read = remoteSecrets(defined, defined);
  const clients = new Map<string, Promise<KubernetesClient>>();
  return startStandIns({
    client: plane.client,
    folder,
    objects,
    // Without stacks, somebody else sees to it that they are there.
    secrets: cluster.provider === "eks" ? madeByStacks(files, cluster.name, read) : read,
    nodes: {
      nodeGroups: cluster.nodeGroups,
      scale: (group, count) => plane.scaleNodeGroup(group, count),
    },
    ...(cluster.reconciler === "flux" && {
      helm: {
        helm: await findTool("helm"),
        kubeVersion: pinnedBy(moduleOf("kube-apiserver")).version.replace(/^v/, ""),
        clientOf: (account) => {
          const name = `${account.namespace}/${account.name}`;
          const known = clients.get(name) ?? connectKubernetes(plane.kubeconfigOf(account));
          clients.set(name, known);
          return known;
        },
      },
    }),
  });
}

async function startReconciler(
  { cluster, files, say }: SiteOptions,
  plane: ControlPlane,
  { environment }: Loopback,
): Promise<RunningReconciler> {
  const { values, manifests } = clusterManifests(files, cluster.name);
  say(`starting ${cluster.reconciler}`);
  if (cluster.reconciler === "argocd") {
    const settings = values.get(`${cluster.name}/bootstrap/values/argo-cd.yaml`);
    return startArgoCd(plane, { environment, say, ...(settings !== undefined && { values: settings }) });
  }
  const instance = manifests.find(({ object }) => object.kind === "FluxInstance");
  const text = instance && files.get(instance.path);
  return startFlux(plane, { environment, say, ...(text !== undefined && { instance: text }) });
}
