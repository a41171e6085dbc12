import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fleet } from "../../../clusters/fleet.ts";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { startControlPlane } from "../../../scripts/control-plane/start.ts";
import { startKro } from "../../../scripts/control-plane/kro.ts";
import type { KroOptions, RunningKro } from "../../../scripts/control-plane/kro.ts";
import { edge } from "../../../scripts/stand-ins/controllers/addresses.ts";
import { runStandIn } from "../../../scripts/stand-ins/run.ts";
import { gatherInputs } from "../../../scripts/workspace.ts";
import { synthesizeCluster } from "../../../synth/synthesize.ts";
import type { RenderedCluster } from "../../../synth/checks/check.ts";
import { fields } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { eventually, temporaryFolder } from "../control-plane/plane.ts";

/** Namespace of dev's instances. */
export const namespace = "prompt2mesh-dev-instances";

export const instanceKind = {
  apiVersion: "instances.slipway.dev/v1alpha1",
  kind: "UserInstance",
  namespace,
} as const;

/** A control plane like prompt2mesh-nonprod, as far as users' instances go, with the real kro. */
export interface Setting {
  readonly plane: ControlPlane;
  readonly kro: RunningKro;
  /** What it was started with, to start it again. */
  readonly kroOptions: KroOptions;
  stop(): Promise<void>;
}

/** Kinds of the app's own objects that instances need; its workloads stay away. */
const needed: ReadonlySet<string> = new Set([
  "ConfigMap",
  "LimitRange",
  "NetworkPolicy",
  "ResourceQuota",
  "Role",
  "RoleBinding",
]);

export async function startSetting(): Promise<Setting> {
  const cluster = fleet.clusters.find(({ name }) => name === "prompt2mesh-nonprod");
  if (cluster === undefined) throw new Error("the fleet has no prompt2mesh-nonprod");
  const inputs = { ...(await gatherInputs(fleet, [cluster])), followMain: true };
  const { rendered, problems } = synthesizeCluster(fleet, cluster, inputs);
  if (rendered === undefined) throw new Error(JSON.stringify(problems));
  const folder = temporaryFolder();
  const plane = await startControlPlane({
    folder: folder.path,
    kubernetes: "1.35",
    nodeGroups: cluster.nodeGroups.map((group) => ({ ...group, min: Math.max(group.min, 2) })),
  });
  const kroOptions = { values: valuesOf(rendered, folder.path) };
  const kro = await startKro(plane, kroOptions);
  for (const object of objectsFor(rendered)) await plane.client.apply(object);
  const balancers = edge.map((standIn) => runStandIn(standIn, plane.client, () => undefined));
  await eventually(
    async () => {
      const kinds = await plane.client.kinds();
      return kinds.some(({ kind }) => kind === instanceKind.kind) ? true : undefined;
    },
    () => Promise.resolve(kro.program.logTail(10).join("\n")),
  );
  await counted(
    plane,
    objectsFor(rendered).filter(({ kind }) => kind === "ResourceQuota"),
  );
  return {
    plane,
    kro,
    kroOptions,
    stop: async () => {
      await Promise.all(balancers.map(({ stop }) => stop()));
      await plane.stop();
      folder.remove();
    },
  };
}

/**
 * Kubernetes learns of a new kind to count within half a minute, and counts for a quota that was there before every five
 * minutes, refusing all until then: fails closed, and would be slow. One that is made anew is counted for at once.
 */
async function counted({ client }: ControlPlane, quotas: readonly KubernetesObject[]): Promise<void> {
  for (const quota of quotas) {
    const reference = { apiVersion: "v1", kind: "ResourceQuota", namespace, name: quota.metadata.name };
    const wanted = Object.keys(fields(quota, "spec", "hard")).length;
    await eventually(async () => {
      const found = await client.get(reference);
      if (Object.keys(fields(found, "status", "used")).length === wanted) return true;
      await client.delete(reference);
      await client.apply(quota);
      await sleep(1000);
      return undefined;
    });
  }
}

function valuesOf({ cluster }: RenderedCluster, folder: string): string {
  const chart = cluster.order.find(({ owner }) => owner === "kro")?.chart;
  if (chart === undefined) throw new Error("the cluster does not run kro");
  const path = join(folder, "kro-values.json");
  writeFileSync(path, JSON.stringify(chart.values));
  return path;
}

const inNamespace = ({ metadata, kind }: KubernetesObject) =>
  metadata.namespace === namespace || (kind === "Namespace" && metadata.name === namespace);

/** The platform's objects for instances, and what dev's namespace holds of them, as dist has both. */
function objectsFor({ slices }: RenderedCluster): readonly KubernetesObject[] {
  const of = (owner: string) =>
    slices.flatMap(({ slice, objects }) =>
      slice.owner === owner ? objects.map(({ object }) => object) : [],
    );
  const namespaces = of("namespaces").filter(inNamespace);
  const own = of("prompt2mesh-app-dev").filter((object) => inNamespace(object) && needed.has(object.kind));
  const alb = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "alb" },
    spec: { controller: "ingress.k8s.aws/alb" },
  };
  return [...namespaces, alb, ...of("user-instances"), ...own];
}
