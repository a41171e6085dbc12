import { isEmptySelector, selectorText, selects } from "../checks/label-selector.ts";
import type { PodTemplate } from "../checks/workloads.ts";
import type { DistObject } from "../changes/dist-object.ts";
import { field, fields, list, strings, text } from "../objects/json-fields.ts";
import { isWithin } from "./address-range.ts";

export type Direction = "ingress" | "egress";

/** Somebody whom policies let through to a pod, or whom they let a pod reach. */
export interface Peer {
  /** For people: `everybody`, `10.0.0.0/8`, `pods app=web`. */
  readonly name: string;
  readonly kind: "everybody" | "addresses" | "every namespace" | "some";
  /** Of `addresses`. */
  readonly except: readonly string[];
  /** `80/TCP`; undefined for every port. */
  readonly ports: readonly string[] | undefined;
}

const everybody: Peer = { name: "everybody", kind: "everybody", except: [], ports: undefined };

/** All whom the policies of its namespace let through. A pod that none of them selects is open to everybody. */
export function peersOf(
  pod: PodTemplate,
  policies: readonly DistObject[],
  direction: Direction,
): readonly Peer[] {
  const own = policies.filter(
    ({ object }) =>
      object.metadata.namespace === pod.namespace &&
      governs(field(object, "spec"), direction) &&
      selects(field(object, "spec", "podSelector"), pod.labels),
  );
  if (own.length === 0) return [everybody];
  return own.flatMap(({ object }) =>
    list(object, "spec", direction).flatMap((rule) => {
      const peers = list(rule, direction === "ingress" ? "from" : "to");
      const ports = portsOf(rule);
      return peers.length === 0 ? [{ ...everybody, ports }] : peers.map((peer) => peerOf(peer, ports));
    }),
  );
}

/** What a policy does not say, it takes from the rules that it has. */
function governs(spec: unknown, direction: Direction): boolean {
  const types = strings(spec, "policyTypes");
  if (types.length > 0) return types.includes(direction === "ingress" ? "Ingress" : "Egress");
  return direction === "ingress" || field(spec, "egress") !== undefined;
}

function portsOf(rule: unknown): readonly string[] | undefined {
  const ports = list(rule, "ports");
  if (ports.length === 0) return undefined;
  return ports.map((port) => {
    const end = field(port, "endPort");
    const first = field(port, "port") ?? "every port";
    return `${String(first)}${end === undefined ? "" : `-${String(end)}`}/${text(port, "protocol") ?? "TCP"}`;
  });
}

function peerOf(peer: unknown, ports: readonly string[] | undefined): Peer {
  const cidr = text(peer, "ipBlock", "cidr");
  if (cidr !== undefined)
    return { name: cidr, kind: "addresses", except: strings(peer, "ipBlock", "except"), ports };
  const pods = field(peer, "podSelector");
  const namespaces = field(peer, "namespaceSelector");
  const podText = pods === undefined || isEmptySelector(pods) ? "all pods" : `pods ${selectorText(pods)}`;
  if (namespaces === undefined) return { name: podText, kind: "some", except: [], ports };
  const isEvery = isEmptySelector(fields(namespaces));
  const name = isEvery
    ? `${podText} of every namespace`
    : `${podText} of ${namespacesText(selectorText(namespaces))}`;
  return { name, kind: isEvery ? "every namespace" : "some", except: [], ports };
}

/** A namespace is mostly chosen by the label that Kubernetes gives it for its name. */
function namespacesText(selector: string): string {
  const name = /^kubernetes\.io\/metadata\.name=([\w-]+)$/.exec(selector)?.[1];
  return name === undefined ? `namespaces ${selector}` : `namespace ${name}`;
}

/** Whether somebody of `before` had all that `peer` has. */
export function wasReached(before: readonly Peer[], peer: Peer): boolean {
  return before.some((old) => takesPeer(old, peer) && takesPorts(old, peer));
}

function takesPeer(old: Peer, peer: Peer): boolean {
  if (old.kind === "everybody") return true;
  if (old.kind !== peer.kind) return false;
  if (old.kind !== "addresses") return old.name === peer.name;
  return (
    isWithin(peer.name, old.name) &&
    old.except.every(
      (hole) => peer.except.some((other) => isWithin(hole, other)) || !isWithin(hole, peer.name),
    )
  );
}

function takesPorts({ ports: old }: Peer, { ports }: Peer): boolean {
  return old === undefined || ports?.every((port) => old.includes(port)) === true;
}

export function peerText({ name, except, ports }: Peer): string {
  const holes = except.length === 0 ? "" : ` except ${except.join(", ")}`;
  return `${name}${holes} on ${ports === undefined ? "every port" : ports.join(", ")}`;
}

/** One rule of a policy in words: `from pods app=web on 80/TCP`. */
export function policyRuleText(rule: unknown, direction: Direction): string {
  const peers = list(rule, direction === "ingress" ? "from" : "to").map((peer) => peerOf(peer, undefined));
  const names =
    peers.length === 0
      ? ["everybody"]
      : peers.map(({ name, except }) => (except.length === 0 ? name : `${name} except ${except.join(", ")}`));
  const ports = portsOf(rule);
  return `${direction === "ingress" ? "from" : "to"} ${names.join(" and ")} on ${ports === undefined ? "every port" : ports.join(", ")}`;
}
