import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

/** Something that a slice must not be able to bring about. */
export interface HostileManifest {
  /** What it would be, for people. */
  readonly what: string;
  readonly object: KubernetesObject;
}

export const hostileName = "slipway-verify-hostile";

interface Target {
  /** Namespace of the slice it is planted in. */
  readonly namespace: string;
  /** A namespace that the slice has no business in. */
  readonly foreignNamespace: string;
}

/** What somebody with a commit in an app's slice would try, each by itself. */
export function hostileManifests({ namespace, foreignNamespace }: Target): readonly HostileManifest[] {
  return [
    { what: "a binding to cluster-admin", object: clusterAdmin(namespace) },
    { what: `an object in the namespace ${foreignNamespace}`, object: foreignObject(foreignNamespace) },
    { what: "a pod that mounts the node's disk", object: hostMount(namespace) },
    { what: "a webhook that sees every Secret", object: webhook(namespace) },
  ];
}

function clusterAdmin(namespace: string): KubernetesObject {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: hostileName },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: "default", namespace }],
  };
}

function foreignObject(namespace: string): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: hostileName, namespace },
    data: { note: "planted by slipway verify" },
  };
}

function hostMount(namespace: string): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: hostileName, namespace },
    spec: {
      containers: [
        {
          name: "reader",
          image: "registry.k8s.io/pause:3.10",
          volumeMounts: [{ name: "disk", mountPath: "/host" }],
        },
      ],
      volumes: [{ name: "disk", hostPath: { path: "/" } }],
    },
  };
}

function webhook(namespace: string): KubernetesObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: hostileName },
    webhooks: [
      {
        name: "secrets.hostile.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        // Would it ever exist, it must not break the cluster it is tried on.
        failurePolicy: "Ignore",
        timeoutSeconds: 1,
        clientConfig: { service: { name: "hostile", namespace, path: "/" } },
        rules: [
          { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["secrets"] },
        ],
      },
    ],
  };
}
