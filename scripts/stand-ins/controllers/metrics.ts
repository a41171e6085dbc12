import { list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { quantity } from "../../../synth/checks/quantity.ts";
import { standInMark } from "../mark.ts";
import { ownedBy } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

const apiVersion = "metrics.k8s.io/v1beta1";
/** Of what a pod requests, it uses this where no autoscaler has a target for it. */
const idleShare = 0.2;
/**
 * Of what its autoscaler aims at, a pod uses this: within the tenth that an autoscaler tolerates, so that it leaves the
 * replicas as somebody has set them; and less than all, since pods that are not measured yet count as busy only then.
 */
const targetShare = 0.95;

/**
 * The metrics API as objects, because simulated pods have no kubelet that metrics-server could ask and no network
 * on which the API server could reach it.
 */
export const metricsApi: KubernetesObject = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: "pods.metrics.k8s.io",
    labels: { [standInMark]: "metrics-server" },
    // Kubernetes asks for it in groups of its own.
    annotations: { "api-approved.kubernetes.io": "unapproved, a stand-in for verification" },
  },
  spec: {
    group: "metrics.k8s.io",
    scope: "Namespaced",
    names: { kind: "PodMetrics", listKind: "PodMetricsList", plural: "pods", singular: "podmetrics" },
    versions: [
      {
        name: "v1beta1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};

/** What a pod uses, once it is ready, if an autoscaler of its namespace could ask. */
async function measure(pod: KubernetesObject, { client, note }: StandInContext): Promise<undefined> {
  const { name, namespace = "" } = pod.metadata;
  const ready = list(pod, "status", "conditions").find((each) => text(each, "type") === "Ready");
  if (text(ready, "status") !== "True") return;
  const scaled = await client.list({
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    namespace,
  });
  if (scaled.length === 0) return;
  const targets = targetsOf(pod, scaled);
  note(pod);
  // An autoscaler leaves out what was measured while a pod was getting ready.
  const since = Date.parse(text(ready, "lastTransitionTime") ?? "");
  const window = 1;
  await client.apply(
    {
      apiVersion,
      kind: "PodMetrics",
      metadata: {
        name,
        namespace,
        labels: { ...stringMap(pod, "metadata", "labels"), [standInMark]: "metrics-server" },
        ownerReferences: ownedBy(pod),
      },
      timestamp: `${new Date(since + (window + 2) * 1000).toISOString().slice(0, 19)}Z`,
      window: `${window}s`,
      containers: list(pod, "spec", "containers").map((container) => usageOf(container, targets)),
    },
    { fieldManager: "metrics-server" },
  );
}

/** Shares of its requests that the pod's autoscaler aims at, by resource. */
function targetsOf(
  pod: KubernetesObject,
  autoscalers: readonly KubernetesObject[],
): ReadonlyMap<string, number> {
  const own = autoscalers.filter((each) => text(each, "spec", "scaleTargetRef", "name") === workloadOf(pod));
  const metrics = own.flatMap((each) => list(each, "spec", "metrics"));
  return new Map(
    metrics.flatMap((metric) => {
      const name = text(metric, "resource", "name");
      const percent = number(metric, "resource", "target", "averageUtilization");
      return name === undefined || percent === undefined ? [] : [[name, percent / 100] as const];
    }),
  );
}

/** Name of the Deployment, Rollout or StatefulSet that a pod is of. */
function workloadOf({ metadata }: KubernetesObject): string | undefined {
  const [owner] = list(metadata, "ownerReferences");
  const name = text(owner, "name");
  // A ReplicaSet is called after its owner and a digest.
  return text(owner, "kind") === "ReplicaSet" ? name?.slice(0, name.lastIndexOf("-")) : name;
}

function usageOf(container: unknown, targets: ReadonlyMap<string, number>): Json {
  const used = (resource: string, requestedByDefault: string): number => {
    const target = targets.get(resource);
    const requested = quantity(text(container, "resources", "requests", resource) ?? requestedByDefault) ?? 0;
    return requested * (target === undefined ? idleShare : target * targetShare);
  };
  return {
    name: text(container, "name") ?? "",
    // As exact as it can be said: of ten thousandths of a processor a rounded one is a tenth.
    usage: {
      cpu: `${Math.round(used("cpu", "10m") * 1e9)}n`,
      memory: String(Math.round(used("memory", "16Mi"))),
    },
  };
}

export const metricsServer: StandIn = {
  standsInFor: "metrics-server: every pod uses what its autoscaler aims at",
  watches: { apiVersion: "v1", kind: "Pod" },
  also: [],
  reconcile: measure,
};
