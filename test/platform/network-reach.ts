import { field, list, number, strings } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isEmptySelector, selects } from "../../synth/checks/label-selector.ts";

export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Whether NetworkPolicies let a pod open a TCP connection to another's port, as Kubernetes defines it: each end is open
 * unless a policy selects it, and then as far as one of those that do allows it.
 */
export function reaches(policies: readonly KubernetesObject[], from: Pod, to: Pod, port: number): boolean {
  return allows(policies, "egress", from, to, port) && allows(policies, "ingress", to, from, port);
}

function allows(
  policies: readonly KubernetesObject[],
  direction: "ingress" | "egress",
  pod: Pod,
  peer: Pod,
  port: number,
): boolean {
  const type = direction === "ingress" ? "Ingress" : "Egress";
  const selecting = policies.filter(
    (policy) =>
      policy.metadata.namespace === pod.namespace &&
      strings(policy, "spec", "policyTypes").includes(type) &&
      selects(field(policy, "spec", "podSelector"), pod.labels),
  );
  if (selecting.length === 0) return true;
  return selecting
    .flatMap((policy) => list(policy, "spec", direction))
    .some(
      (rule) =>
        isOpen(list(rule, "ports"), port) &&
        isPeer(list(rule, direction === "ingress" ? "from" : "to"), pod, peer),
    );
}

/** No ports are all ports. */
function isOpen(ports: readonly unknown[], port: number): boolean {
  return ports.length === 0 || ports.some((each) => number(each, "port") === port);
}

/** No peers are all peers. Blocks of addresses are for what is no pod. */
function isPeer(peers: readonly unknown[], { namespace }: Pod, peer: Pod): boolean {
  if (peers.length === 0) return true;
  return peers.some((each) => {
    const pods = field(each, "podSelector");
    const namespaces = field(each, "namespaceSelector");
    if (pods === undefined && namespaces === undefined) return false;
    const isThere =
      namespaces === undefined
        ? peer.namespace === namespace
        : selects(namespaces, { "kubernetes.io/metadata.name": peer.namespace });
    const isIt = pods === undefined || isEmptySelector(pods) || selects(pods, peer.labels);
    return isThere && isIt;
  });
}
