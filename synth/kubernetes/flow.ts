import { k8s } from "cdk8s-plus-28";
import { eksServiceCidr } from "../model/cluster-view.ts";
import type { Stage } from "../model/stage.ts";
import type { Party, PortRef } from "./component.ts";
import { nameResolution } from "./name-resolution.ts";

/** Who may open connections, and to what. Everything that no flow names stays closed. */
export interface Flow {
  readonly from: Party | Outside;
  readonly to: PortRef | Outside;
}

/** A party that is not a component of the slice. */
export type Outside =
  /** The cluster's load balancer or ingress controller. */
  | { readonly outside: "ingress" }
  /** Public addresses, by TCP port; never the cluster's own network. */
  | { readonly outside: "internet"; readonly port: number }
  /** Addresses in the cluster's own network, such as a managed database or a VPC endpoint. */
  | { readonly outside: "network"; readonly port: number }
  /** The Kubernetes API server. */
  | { readonly outside: "kubernetes-api" }
  /** Pods of another namespace. */
  | { readonly outside: "namespace"; readonly namespace: string; readonly port?: number };

export const ingress: Outside = { outside: "ingress" };
export const kubernetesApi: Outside = { outside: "kubernetes-api" };
export const internet = (port: number): Outside => ({ outside: "internet", port });
export const network = (port: number): Outside => ({ outside: "network", port });

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"];

/** One NetworkPolicy for each component that a flow names, allowing exactly those flows both ways. */
export function flows(stage: Stage, list: readonly Flow[]): void {
  const policies = new Map<
    string,
    { readonly of: Party; readonly ingress: Rule[]; readonly egress: Rule[] }
  >();
  const policyOf = (party: Party) => {
    const key = `${party.namespace}/${party.name}`;
    const policy = policies.get(key) ?? { of: party, ingress: [], egress: [] };
    policies.set(key, policy);
    return policy;
  };
  for (const { from, to } of list) {
    if (!("outside" in to)) {
      const target: Party = { ...to, name: to.component };
      policyOf(target).ingress.push({
        peers: "outside" in from ? peersOf(stage, from) : [podsOf(from, target)],
        ports: [to.containerPort],
      });
    }
    if (!("outside" in from)) {
      policyOf(from).egress.push(
        "outside" in to
          ? { peers: peersOf(stage, to), ports: portsOf(stage, to) }
          : { peers: [podsOf({ ...to, name: to.component }, from)], ports: [to.containerPort] },
      );
    }
  }
  for (const { of, ingress, egress } of policies.values()) {
    stage.add(k8s.KubeNetworkPolicy, of.name, {
      ...(of.namespace !== stage.context.namespace && { metadata: { namespace: of.namespace } }),
      spec: {
        podSelector: { matchLabels: { ...of.selector } },
        policyTypes: ["Ingress", "Egress"],
        ingress: ingress.map(({ peers, ports }) => ({ from: peers, ...policyPorts(ports) })),
        egress: [
          ...(egress.length > 0 ? [nameResolution] : []),
          ...egress.map(({ peers, ports }) => ({ to: peers, ...policyPorts(ports) })),
        ],
      },
    });
  }
}

interface Rule {
  readonly peers: k8s.NetworkPolicyPeer[];
  /** None means all. */
  readonly ports: readonly number[];
}

function policyPorts(ports: readonly number[]): { ports?: k8s.NetworkPolicyPort[] } {
  if (ports.length === 0) return {};
  return {
    ports: ports.map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol: "TCP" })),
  };
}

/** Pods as a policy of another party selects them: with their namespace where it is not the same. */
function podsOf(party: Party, seenBy: Party): k8s.NetworkPolicyPeer {
  return {
    ...(party.namespace !== seenBy.namespace && {
      namespaceSelector: namespaceNamed(party.namespace),
    }),
    podSelector: { matchLabels: { ...party.selector } },
  };
}

function namespaceNamed(name: string): k8s.LabelSelector {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}

function portsOf({ context }: Stage, outside: Outside): readonly number[] {
  switch (outside.outside) {
    case "internet":
    case "network":
      return [outside.port];
    case "namespace":
      return outside.port === undefined ? [] : [outside.port];
    case "kubernetes-api":
      // Some network plugins judge a connection after the Service's address became the API server's own.
      return context.cluster.provider === "eks" ? [443] : [443, 6443];
    case "ingress":
      return [];
  }
}

function peersOf(stage: Stage, outside: Outside): k8s.NetworkPolicyPeer[] {
  const { cluster, capabilities } = stage.context;
  switch (outside.outside) {
    case "ingress":
      // With target type ip an ALB reaches pods from its own subnets; Traefik is pods like any other.
      return capabilities.ingress?.controller === "alb"
        ? (capabilities.ingress.scheme === "internal"
            ? cluster.network.privateSubnets
            : cluster.network.publicSubnets
          ).map((cidr) => ({ ipBlock: { cidr } }))
        : [{ namespaceSelector: namespaceNamed("traefik") }];
    case "internet":
      return [{ ipBlock: { cidr: "0.0.0.0/0", except: privateRanges } }];
    case "network":
      return [{ ipBlock: { cidr: cluster.network.cidr } }];
    case "kubernetes-api":
      return cluster.provider === "eks"
        ? [{ ipBlock: { cidr: cluster.network.cidr } }, { ipBlock: { cidr: eksServiceCidr } }]
        : [{ ipBlock: { cidr: "0.0.0.0/0" } }];
    case "namespace":
      return [{ namespaceSelector: namespaceNamed(outside.namespace) }];
  }
}
