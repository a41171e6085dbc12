import * as v from "valibot";
import { argocdNamespace } from "../../synth/argocd/names.ts";
import { fluxNamespace } from "../../synth/flux/names.ts";
import { distRoot } from "../../synth/model/paths.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { subjectOwner } from "../../synth/model/release.ts";
import type { Subject } from "../../synth/model/release.ts";
import type { Health } from "../../synth/release/refusals.ts";
import { clustersOf } from "../../synth/render-release.ts";
import type { Desk } from "./desk.ts";
import type { AskHealth } from "./promote.ts";
import { messageOf } from "../output/message-of.ts";

const application = v.object({
  status: v.optional(
    v.object({
      health: v.optional(v.object({ status: v.optional(v.string(), "Unknown") }), {}),
      sync: v.optional(v.object({ status: v.optional(v.string(), "Unknown") }), {}),
    }),
    {},
  ),
});

const kustomizations = v.object({
  items: v.array(
    v.object({
      metadata: v.object({ name: v.string() }),
      spec: v.object({ path: v.optional(v.string(), "") }),
      status: v.optional(
        v.object({
          conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []),
        }),
        {},
      ),
    }),
  ),
});

/** Asks the reconciler of the source's clusters, where a kubeconfig says how; else nobody can tell. */
export function askHealth({ fleet }: Pick<Desk, "fleet">, kubeconfig: string | undefined): AskHealth {
  return async (subject) => {
    if (kubeconfig === undefined) return { isHealthy: undefined, because: "no --kubeconfig was given" };
    for (const cluster of clustersOf(fleet, subject)) {
      const health = await healthOn(cluster, subject, kubeconfig);
      if (health.isHealthy !== true) return health;
    }
    return { isHealthy: true, because: "its reconciler says so" };
  };
}

async function healthOn(cluster: Cluster, subject: Subject, kubeconfig: string): Promise<Health> {
  try {
    return await askers[cluster.reconciler](
      await apiOf(kubeconfig, cluster.name),
      cluster.name,
      subjectOwner(subject),
    );
  } catch (error) {
    const [reason = ""] = messageOf(error).split("\n");
    return { isHealthy: undefined, because: `${cluster.name} cannot be asked: ${reason}` };
  }
}

/** The context that is named after the cluster, else the current one. */
async function apiOf(kubeconfig: string, cluster: string) {
  const { CustomObjectsApi, KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  if (config.getContextObject(cluster) !== null) config.setCurrentContext(cluster);
  return config.makeApiClient(CustomObjectsApi);
}

type Api = Awaited<ReturnType<typeof apiOf>>;

const askers: Readonly<Record<Reconciler, (api: Api, cluster: string, owner: string) => Promise<Health>>> = {
  argocd: async (api, _cluster, owner) => {
    const asked = { group: "argoproj.io", version: "v1alpha1", namespace: argocdNamespace };
    const answer: unknown = await api.getNamespacedCustomObject({
      ...asked,
      plural: "applications",
      name: owner,
    });
    const { health, sync } = v.parse(application, answer).status;
    const said = `Application ${owner} is ${health.status ?? "Unknown"} and ${sync.status ?? "Unknown"}`;
    return { isHealthy: health.status === "Healthy" && sync.status === "Synced", because: said };
  },
  flux: async (api, cluster, owner) => {
    const asked = { group: "kustomize.toolkit.fluxcd.io", version: "v1", namespace: fluxNamespace };
    const answer: unknown = await api.listNamespacedCustomObject({ ...asked, plural: "kustomizations" });
    const own = v.parse(kustomizations, answer).items.filter(({ spec: { path } }) => {
      const [folder = ""] = new RegExp(`^\\./${distRoot}/${cluster}/[^/]+/[^/]+`).exec(path) ?? [];
      return folder.endsWith(`/${owner}`);
    });
    const unready = own.filter(({ status }) => !status.conditions?.some(isReady));
    if (own.length === 0) return { isHealthy: false, because: `${cluster} has no Kustomization of ${owner}` };
    const names = unready.map(({ metadata }) => metadata.name);
    if (names.length === 0) return { isHealthy: true, because: `${owner} is Ready` };
    return { isHealthy: false, because: `Kustomization ${names.join(", ")} is not Ready` };
  },
};

function isReady({ type, status }: { readonly type: string; readonly status: string }): boolean {
  return type === "Ready" && status === "True";
}
