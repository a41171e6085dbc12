import { k8s } from "cdk8s-plus-28";

/** The cluster's own DNS, which whoever opens a connection by name asks first. */
export const nameResolution: k8s.NetworkPolicyEgressRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { port: k8s.IntOrString.fromNumber(53), protocol: "UDP" },
    { port: k8s.IntOrString.fromNumber(53), protocol: "TCP" },
  ],
};
