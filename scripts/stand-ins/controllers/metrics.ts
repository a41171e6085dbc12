import { list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { quantity } from "../../../synth/checks/quantity.ts";
import { standInMark } from "../mark.ts";
import { ownedBy } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

const apiVersion = "metrics.k8s.io/v1beta1";
/** What every pod uses of the CPU and the memory that it requests: little enough that no autoscaler adds to them. */
const share = 0.2;

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
      containers: list(pod, "spec", "containers").map(usageOf),
    },
    { fieldManager: "metrics-server" },
  );
}

function usageOf(container: unknown): Json {
  const cpu = quantity(text(container, "resources", "requests", "cpu") ?? "10m") ?? 0;
  const memory = quantity(text(container, "resources", "requests", "memory") ?? "16Mi") ?? 0;
  return {
    name: text(container, "name") ?? "",
    usage: { cpu: `${Math.ceil(cpu * share * 1000)}m`, memory: String(Math.ceil(memory * share)) },
  };
}

export const metricsServer: StandIn = {
  standsInFor: "metrics-server: every pod uses a fifth of what it requests",
  watches: { apiVersion: "v1", kind: "Pod" },
  also: [],
  reconcile: measure,
};
