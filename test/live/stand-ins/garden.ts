import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { startControlPlane } from "../../../scripts/control-plane/start.ts";
import type { RemoteSecret } from "../../../synth/aws/remote-secrets.ts";
import type { KubernetesClient, ObjectReference } from "../../../scripts/kubernetes/client.ts";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import { definitionsOfKinds } from "../../../scripts/stand-ins/charts/definitions.ts";
import { startStandIns } from "../../../scripts/stand-ins/start.ts";
import type { StandIns, StandInsOptions } from "../../../scripts/stand-ins/start.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../../synth/objects/plain.ts";

/** A real control plane with one node, one namespace and the stand-ins. */
export interface Garden {
  readonly plane: ControlPlane;
  readonly client: KubernetesClient;
  readonly standIns: StandIns;
  /** Applies an object of the namespace `garden`, or of none. */
  apply(
    apiVersion: string,
    kind: string,
    name: string,
    fields?: Readonly<Record<string, Json>>,
  ): Promise<KubernetesObject>;
  /** Waits until it is so, for half a minute at most. */
  eventually(done: () => Promise<boolean>): Promise<void>;
  /** `<status>: <message>` of a condition. Default: of Ready. */
  conditionOf(reference: ObjectReference, type?: string): Promise<string>;
  stop(): Promise<void>;
}

export const namespace = "garden";

/** An object of the namespace. */
export function at(apiVersion: string, kind: string, name: string): ObjectReference {
  return { apiVersion, kind, name, namespace };
}

interface Wanted {
  /** `apiVersion/Kind` of the custom resources to install. */
  readonly kinds: readonly string[];
  /** What the stand-ins are told that dist holds. */
  readonly objects?: readonly KubernetesObject[];
  readonly secrets?: readonly RemoteSecret[];
  readonly helm?: (plane: ControlPlane) => StandInsOptions["helm"];
}

export async function startGarden({ kinds, objects = [], secrets = [], helm }: Wanted): Promise<Garden> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-stand-ins-"));
  const plane = await startControlPlane({
    folder,
    kubernetes: "1.35",
    nodeGroups: [{ name: "nodes", instanceTypes: ["m6i.large"], min: 1, max: 1, capacity: "on-demand" }],
  });
  const client = await connectKubernetes(plane.kubeconfig);
  for (const definition of definitionsOfKinds(kinds)) {
    if (isKubernetesObject(definition)) await client.apply(definition);
  }
  const labels = { "app.kubernetes.io/managed-by": "slipway" };
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } });
  const releases = helm?.(plane);
  const standIns = await startStandIns({
    client,
    folder,
    objects,
    secrets,
    ...(releases !== undefined && { helm: releases }),
  });
  return {
    plane,
    client,
    standIns,
    apply: (apiVersion, kind, name, fields = {}) => {
      const isWide = ["Namespace", "StorageClass", "IngressClass", "ClusterSecretStore"].includes(kind);
      return client.apply({ apiVersion, kind, metadata: { name, ...(!isWide && { namespace }) }, ...fields });
    },
    eventually: async (done) => {
      const until = Date.now() + 30_000;
      while (!(await done().catch(() => false))) {
        if (Date.now() > until) throw new Error(`in vain: ${standIns.complaints().join("; ")}`);
        await sleep(100);
      }
    },
    conditionOf: async (reference, type = "Ready") => {
      const conditions = list(await client.get(reference), "status", "conditions");
      const found = conditions.find((each) => text(each, "type") === type);
      return `${text(found, "status") ?? "none"}: ${text(found, "message") ?? ""}`;
    },
    stop: async () => {
      await standIns.stop();
      client.close();
      await plane.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
