import { field, number } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { asJson, say } from "../conditions.ts";
import { standInMark } from "../mark.ts";
import { ownedBy } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

const apiVersion = "monitoring.coreos.com/v1";

/** Labels by which the operator's pods are selected, as its own documentation of each kind has them. */
const labelsOf = {
  Prometheus: (name: string) => ({
    "app.kubernetes.io/name": "prometheus",
    "operator.prometheus.io/name": name,
  }),
  Alertmanager: (name: string) => ({ "app.kubernetes.io/name": "alertmanager", alertmanager: name }),
} as const;
type Kind = keyof typeof labelsOf;

/** The StatefulSet that the operator would make, with its volumes, and the status it would give. */
async function operate(
  kind: Kind,
  object: KubernetesObject,
  { client, note }: StandInContext,
): Promise<undefined> {
  const { namespace = "" } = object.metadata;
  note(object);
  const set = await client.apply(statefulSet(kind, object, namespace), {
    fieldManager: "PrometheusOperator",
  });
  const replicas = number(set, "spec", "replicas") ?? 1;
  const ready = number(set, "status", "readyReplicas") ?? 0;
  const counts = {
    paused: false,
    replicas,
    updatedReplicas: number(set, "status", "updatedReplicas") ?? 0,
    availableReplicas: ready,
    unavailableReplicas: replicas - ready,
  };
  const status = ready === replicas ? "True" : "False";
  const message = ready === replicas ? "" : `${ready} of ${replicas} pods are ready`;
  await say(
    client,
    object,
    { type: "Available", status, reason: ready === replicas ? "" : "SomePodsNotReady", message },
    counts,
  );
}

function statefulSet(kind: Kind, object: KubernetesObject, namespace: string): KubernetesObject {
  const name = `${kind.toLowerCase()}-${object.metadata.name}`;
  const labels = labelsOf[kind](object.metadata.name);
  const claim = field(object, "spec", "storage", "volumeClaimTemplate", "spec");
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: {
      name,
      namespace,
      labels: { [standInMark]: "prometheus-operator" },
      ownerReferences: ownedBy(object),
    },
    spec: {
      serviceName: name,
      replicas: number(object, "spec", "replicas") ?? 1,
      podManagementPolicy: "Parallel",
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podOf(object, claim !== undefined) },
      ...(claim !== undefined && {
        volumeClaimTemplates: [{ metadata: { name: "db" }, spec: asJson(claim) }],
      }),
    },
  };
}

function podOf(object: KubernetesObject, hasVolume: boolean): Json {
  const said = ["priorityClassName", "topologySpreadConstraints", "tolerations", "nodeSelector"].flatMap(
    (name) => {
      const value = field(object, "spec", name);
      return value === undefined ? [] : [[name, asJson(value)] as const];
    },
  );
  return {
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 2000,
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...Object.fromEntries(said),
    containers: [
      {
        name: "stand-in",
        image: `slipway.dev/stand-in/${object.kind.toLowerCase()}`,
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        resources: asJson(field(object, "spec", "resources") ?? {}),
        ...(hasVolume && { volumeMounts: [{ name: "db", mountPath: "/data" }] }),
      },
    ],
  };
}

const operated = (kind: Kind): StandIn => ({
  standsInFor: `the Prometheus operator: ${kind} as a StatefulSet that measures nothing`,
  watches: { apiVersion, kind },
  also: [
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      labelSelector: `${standInMark}=prometheus-operator`,
      ownerOf: ({ metadata: { name, namespace } }) => ({
        name: name.replace(`${kind.toLowerCase()}-`, ""),
        ...(namespace !== undefined && { namespace }),
      }),
    },
  ],
  reconcile: (object, context) => operate(kind, object, context),
});

export const prometheusOperator: readonly StandIn[] = [operated("Prometheus"), operated("Alertmanager")];
