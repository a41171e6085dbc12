import type { KubernetesClient } from "../../../scripts/kubernetes/client.ts";
import { fields, list, text } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { instanceKind, namespace } from "./setting.ts";
import type { Setting } from "./setting.ts";

/** A UserInstance of dev. */
export const instance = (user: string, spec: Readonly<Record<string, Json>> = {}) => ({
  ...instanceKind,
  metadata: { name: user, namespace },
  spec: { user, ...spec },
});

/** `Kind/name` of what there is for a user, in the order of their names. */
export const partsOf = (user: string): readonly string[] => [
  `ConfigMap/user-${user}`,
  `Deployment/user-${user}-agent`,
  `Deployment/user-${user}-blender`,
  `Ingress/user-${user}`,
  `NetworkPolicy/user-${user}-agent`,
  `NetworkPolicy/user-${user}-blender`,
  `Service/user-${user}-agent`,
  `Service/user-${user}-blender`,
  `ServiceAccount/user-${user}-agent`,
  `ServiceAccount/user-${user}-blender`,
];

/** Kinds of what an instance consists of. */
export const childKinds = [
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "v1", kind: "ServiceAccount" },
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
] as const;

export interface Users {
  /** Creates an instance as the backend does. */
  create(made: ReturnType<typeof instance>): Promise<KubernetesObject>;
  /** `Kind/name` of everything that is labelled as a user's. */
  childrenOf(user: string): Promise<readonly string[]>;
  /** How many instances the quota counts. */
  counted(): Promise<number>;
  /** An object of the instances' namespace. */
  get(apiVersion: string, kind: string, name: string): Promise<KubernetesObject | undefined>;
  /** The instance, once it is Ready. */
  isReady(user: string): Promise<KubernetesObject | undefined>;
  /** What is known of an instance, for people. */
  told(user: string): Promise<string>;
}

/** What the backend, with its own rights and no others, does with instances, and what comes of it. */
export function usersOf({ plane, kro }: Setting, backend: KubernetesClient): Users {
  return {
    create: ({ apiVersion, kind, metadata, spec }) => backend.create({ apiVersion, kind, metadata, spec }),
    childrenOf: async (user) => {
      const labelSelector = `slipway.dev/user=${user}`;
      const lists = await Promise.all(
        childKinds.map((kind) => plane.client.list({ ...kind, namespace, labelSelector })),
      );
      return lists
        .flat()
        .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
        .toSorted();
    },
    counted: async () => {
      const quota = { apiVersion: "v1", kind: "ResourceQuota", namespace, name: "user-instances" };
      const used = fields(await plane.client.get(quota), "status", "used");
      return Number(used["count/userinstances.instances.slipway.dev"]);
    },
    get: (apiVersion, kind, name) => plane.client.get({ apiVersion, kind, name, namespace }),
    isReady: async (user) => {
      const found = await backend.get({ ...instanceKind, name: user });
      const ready = list(found, "status", "conditions").find((each) => text(each, "type") === "Ready");
      return text(ready, "status") === "True" ? found : undefined;
    },
    told: async (user) => {
      const found = await plane.client.get({ ...instanceKind, name: user });
      return `${JSON.stringify(found?.["status"])}\n${kro.program.logTail(10).join("\n")}`;
    },
  };
}
