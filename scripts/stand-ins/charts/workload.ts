/** Where a chart reads something in its values: names joined by dots. */
export type ValuePath = string;

/** What charts let their users say of a pod. */
export const podFields = [
  "affinity",
  "nodeSelector",
  "priorityClassName",
  "tolerations",
  "topologySpreadConstraints",
] as const;
type PodField = (typeof podFields)[number];

/** Where in the values each fact stands. A fact without a place is the chart's own and cannot be set. */
export interface ValuePlaces extends Partial<Record<PodField, ValuePath>> {
  readonly replicas?: ValuePath;
  readonly resources?: ValuePath;
  readonly env?: ValuePath;
  /** Of the PodDisruptionBudget, which is rendered where this is set. */
  readonly maxUnavailable?: ValuePath;
  /** Annotations of the service account. */
  readonly identity?: ValuePath;
}

/** A workload of a chart, as far as scheduling, rights and removal see it. */
export interface Workload {
  readonly kind: "Deployment" | "DaemonSet" | "StatefulSet";
  readonly name: string;
  readonly at: ValuePlaces;
  /** Default: `app.kubernetes.io/name` with its name, and `app.kubernetes.io/instance` with the release's. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: its name. */
  readonly account?: string;
  /** Shares the node's network and files, which only a privileged namespace lets it. Default: false. */
  readonly host?: true;
  /** What the chart itself sets where no value does. */
  readonly tolerations?: readonly { readonly operator: "Exists" }[];
  readonly priorityClassName?: string;
}

type Convention = "replicaCount" | "replicas";

/**
 * The places that most charts use, below `prefix`.
 *
 * @param replicas the chart's name for their number
 */
export function below(prefix: "" | `${string}.`, replicas: Convention = "replicaCount"): ValuePlaces {
  return {
    ...Object.fromEntries(podFields.map((name) => [name, `${prefix}${name}`])),
    replicas: `${prefix}${replicas}`,
    resources: `${prefix}resources`,
    maxUnavailable: `${prefix}podDisruptionBudget.maxUnavailable`,
    identity: `${prefix}serviceAccount.annotations`,
  };
}
