import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fleet } from "../../../../clusters/fleet.ts";
import type { ControlPlane } from "../../../../scripts/control-plane/control-plane.ts";
import { startRollouts } from "../../../../scripts/control-plane/rollouts.ts";
import { controlPlaneTools, startControlPlane } from "../../../../scripts/control-plane/start.ts";
import { startGitServer } from "../../../../scripts/git-server/start.ts";
import type { KubernetesClient } from "../../../../scripts/kubernetes/client.ts";
import { connectKubernetes } from "../../../../scripts/kubernetes/connect.ts";
import { startLoopback } from "../../../../scripts/loopback/loopback.ts";
import { outsideSources } from "../../../../scripts/loopback/sources.ts";
import { packageStandIn } from "../../../../scripts/stand-ins/charts/package.ts";
import { startStandIns } from "../../../../scripts/stand-ins/start.ts";
import type { StandIn } from "../../../../scripts/stand-ins/stand-in.ts";
import { findTools, whyNoTools } from "../../../../scripts/tools/find.ts";
import { pinnedBy } from "../../../../scripts/tools/pinned.ts";
import { moduleOf } from "../../../../scripts/tools/table.ts";
import type { ToolName } from "../../../../scripts/tools/table.ts";
import { clusterManifests } from "../../../../scripts/verify/dist/manifests.ts";
import { distAt } from "../../../../scripts/verify/dist/revision.ts";
import type { EksCluster } from "../../../../synth/model/cluster.ts";
import type { KubernetesObject } from "../../../../synth/objects/kubernetes-object.ts";
import type { Clone } from "./clone.ts";
import { atEnd } from "./endings.ts";
import { installedArgoCd, installedFlux } from "./installed-reconciler.ts";
import type { InstalledReconciler } from "./installed-reconciler.ts";

/** The cluster that EKS would have made: empty, with the internet on the loopback as far as dist names it. */
export interface LiveCluster {
  readonly plane: ControlPlane;
  /** Objects of its dist. */
  readonly objects: readonly KubernetesObject[];
  /** Folders of a user's kubectl and helm. */
  readonly programs: readonly string[];
  /** Variables by which they find what dist names. */
  readonly env: Readonly<Record<string, string>>;
  /** What was asked for outside that dist does not name, and what stand-ins could not do. */
  readonly complaints: () => readonly string[];
}

const tools = {
  argocd: ["argocd"],
  flux: ["source-controller", "kustomize-controller", "rollouts-controller"],
} as const satisfies Readonly<Record<string, readonly ToolName[]>>;

/** Why the programs that it needs cannot be had; undefined where they can. */
export function whyNoCluster({ reconciler }: EksCluster): string | undefined {
  const needsRedis = reconciler === "argocd";
  if (needsRedis && spawnSync("redis-server", ["--version"]).status !== 0)
    return "there is no redis-server, in which Argo CD keeps its state";
  return whyNoTools([...controlPlaneTools, "kubectl", "helm", ...tools[reconciler]]);
}

/**
 * Starts it with nothing installed. Programs of its reconciler run beside it, from when they have been installed in it, and follow
 * the server that the clone pushes to. Gone after the tests of the file, or with this process.
 *
 * @param controllers what works on the account
 */
export async function startLiveCluster(
  definition: EksCluster,
  clone: Clone,
  controllers: readonly StandIn[],
): Promise<LiveCluster> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-cluster-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const files = distAt(clone.root, "HEAD");
  const objects = clusterManifests(files, definition.name).manifests.map(({ object }) => object);
  const git = await startGitServer({ folder: clone.server });
  atEnd(() => git.stop());
  const { pathname } = new URL(fleet.repository.url);
  const served = { folder, objects, git: `${git.url}${pathname}`, packageChart: packageStandIn };
  const [plane, loopback] = await Promise.all([startPlane(folder, definition), startLoopback(served)]);
  atEnd(() => plane.stop());
  atEnd(() => loopback.stop());
  const reconciler = reconcilerOf(definition, files, loopback.environment);
  const standIns = await startStandIns({
    client: plane.client,
    folder,
    objects,
    secrets: [],
    instead: [...controllers, ...reconciler.standIns],
    ...(definition.reconciler === "flux" && { helm: await helmOf(plane) }),
  });
  atEnd(() => standIns.stop());
  await startFurtherControllers(plane, objects);
  reconciler.follow(plane);
  atEnd(() => reconciler.stop());
  const { kubectl, helm } = await findTools(["kubectl", "helm"]);
  return {
    plane,
    objects,
    programs: [dirname(kubectl), dirname(helm)],
    env: loopback.environment,
    complaints: () => [
      ...loopback.refusals.map(({ target }) => `something asked for ${target}`),
      ...standIns.complaints(),
    ],
  };
}

function reconcilerOf(
  { name, reconciler }: EksCluster,
  files: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string>>,
): InstalledReconciler {
  const file = (path: string): string => files.get(`${name}/${path}`) ?? "";
  return {
    argocd: () => installedArgoCd(environment, file("bootstrap/values/argo-cd.yaml")),
    flux: () => installedFlux(environment, file("configuration/flux-instance/FluxInstance.flux.yaml")),
  }[reconciler]();
}

/** Controllers of add-ons that run as themselves. */
async function startFurtherControllers(plane: ControlPlane, objects: readonly KubernetesObject[]) {
  if (!outsideSources(objects).charts.some(({ name }) => name === "argo-rollouts")) return;
  const rollouts = await startRollouts(plane, () => {});
  atEnd(() => rollouts.stop());
}

function startPlane(folder: string, definition: EksCluster): Promise<ControlPlane> {
  const { kubernetes, nodeGroups, region } = definition;
  return startControlPlane({ folder, kubernetes, nodeGroups, provider: "eks", region });
}

/** What HelmReleases are rendered and applied with. */
async function helmOf(plane: ControlPlane) {
  const { helm } = await findTools(["helm"]);
  const clients = new Map<string, Promise<KubernetesClient>>();
  const clientOf = (account: { readonly namespace: string; readonly name: string }) => {
    const name = `${account.namespace}/${account.name}`;
    const client = clients.get(name) ?? connectKubernetes(plane.kubeconfigOf(account));
    clients.set(name, client);
    return client;
  };
  const kubeVersion = pinnedBy(moduleOf("kube-apiserver")).version.replace(/^v/, "");
  return { helm, kubeVersion, clientOf };
}
