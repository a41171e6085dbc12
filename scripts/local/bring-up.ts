import { mkdirSync } from "node:fs";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { withClusterLock } from "../cluster/lock.ts";
import type { ClusterState } from "../cluster/provider.ts";
import { providerOf, refuseOther } from "../cluster/started.ts";
import { readReady } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { inventory } from "../inventory/inventory.ts";
import { clusterMocks } from "../mock-workload/cluster-mocks.ts";
import { readTree } from "../tree/tree.ts";
import { distPath, gatherInputs } from "../workspace.ts";
import { localImages } from "./images.ts";
import { makeImages } from "./kind-images.ts";
import type { Published } from "./settled.ts";

export interface BringUpOptions {
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  /** What `--image` says, each as `<image>=<built>`. */
  readonly image?: readonly string[];
  readonly say: (line: string) => void;
}

/**
 * Images that nodes are to be given: none where nodes are simulated.
 *
 * @throws ProblemsError for an image that no app declares, that was not built, or that nothing would run
 */
export async function imagesFor(
  { fleet, cluster, image = [], say }: BringUpOptions,
  provider: ProviderName,
): Promise<readonly string[]> {
  if (provider === "embedded" && image.length > 0) throw runsNoImages();
  const real = localImages(
    image,
    inventory(fleet, [cluster], await gatherInputs(fleet, [cluster])).placements,
  );
  if (provider === "embedded") return [];
  return makeImages({ mocks: await clusterMocks(fleet, cluster), real, say });
}

function runsNoImages(): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway up" },
      what: "the embedded provider's simulated nodes run no images: mocks of apps run as processes",
      fix: "start Docker or Podman and give --provider kind, or leave --image out",
    },
  ]);
}

interface Chosen {
  readonly provider: ProviderName;
  /** State of the cluster. */
  readonly folder: string;
  readonly images: readonly string[];
}

/** A cluster that is up. */
export interface Running {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly provider: ProviderName;
  /** Lines for people, beside its addresses. */
  readonly details: readonly string[];
  /** Whether it still runs. Undefined where asking takes its time, and the cluster outlives its processes. */
  readonly look?: () => Promise<ClusterState>;
  /** Hands dist as it stands to the cluster. Undefined where the cluster follows what is pushed. */
  readonly publish: () => Promise<Published | undefined>;
}

/** Starts a cluster with dist as it stands, or goes on with it. @throws ProblemsError if it does not come up */
export async function bringUp(
  { cluster, say }: BringUpOptions,
  { provider: named, folder, images }: Chosen,
): Promise<Running> {
  const { name, reconciler } = cluster;
  const provider = await providerOf(named);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const start = (tell: (line: string) => void): Promise<ClusterState> =>
    withClusterLock(folder, name, () => {
      refuseOther(folder, name, { provider: named, cluster: name, reconciler });
      return provider.start({ folder, name, cluster, reconciler, nodes: "min", say: tell });
    });
  const { kubeconfig, details } = await start(say);
  if (kubeconfig === undefined) throw new Error(`${name} is up without a kubeconfig`);
  await provider.loadImages({ name, images });
  const publish = async (): Promise<Published | undefined> => {
    refuseOtherReconciler(name, reconciler);
    await start(() => undefined);
    return publishedIn(folder, name);
  };
  const shared = { folder, kubeconfig, provider: named };
  return named === "embedded"
    ? { ...shared, details: [], publish, look: () => provider.status({ folder, name }) }
    : // Its reconciler follows the fleet's own repository, as everywhere; its details say where Argo CD's UI is.
      { ...shared, details: details.map((line) => `  ${line}`), publish: () => Promise.resolve(undefined) };
}

/** The object that brings all others, by its kind. */
const rootKinds: Readonly<Record<Reconciler, string>> = { argocd: "Application", flux: "Kustomization" };

function refuseOtherReconciler(name: string, reconciler: Reconciler): void {
  const root = `${name}/bootstrap/${rootKinds[reconciler]}.`;
  if ([...distOf(name).keys()].some((path) => path.startsWith(root))) return;
  throw new ProblemsError([
    {
      rule: "local-reconciler",
      at: { definition: `clusters/${name}.ts`, cluster: name },
      what: `it is not for ${reconciler} any more, which runs it here`,
      fix: `end this, and run npm run slipway -- down ${name} and up again`,
    },
  ]);
}

/** What an embedded cluster has been given last; undefined where it follows what is pushed. */
export function publishedIn(folder: string, name: string): Published | undefined {
  const commit = readReady(folder)?.commit;
  return commit === undefined ? undefined : { files: distOf(name), commit };
}

/** A cluster's part of dist as it stands. */
export function distOf(name: string): ReadonlyMap<string, string> {
  return new Map([...readTree(distPath)].filter(([path]) => path.startsWith(`${name}/`)));
}
