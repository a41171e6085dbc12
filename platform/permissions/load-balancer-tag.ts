import type { EksView } from "#synth";

/** Tag that the controller puts on all it creates; its value is the cluster's name. */
const clusterTag = "elbv2.k8s.aws/cluster";

/** The request puts the tag on what it creates. */
export function requested(cluster: EksView) {
  return { [`aws:RequestTag/${clusterTag}`]: [cluster.eksName] };
}

/** The resource is one that this cluster's controller created. */
export function owned(cluster: EksView) {
  return { StringEquals: { [`aws:ResourceTag/${clusterTag}`]: [cluster.eksName] } };
}

/** The same, and the request does not touch the tag that says so. */
export function ownedAndKept(cluster: EksView) {
  return { ...owned(cluster), Null: { [`aws:RequestTag/${clusterTag}`]: ["true"] } };
}
