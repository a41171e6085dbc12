import { eksServiceCidr, zoneOf } from "../model/cluster-view.ts";
import type { EksView } from "../model/cluster-view.ts";
import type { Problem } from "../model/problem.ts";
import { list, text } from "../objects/json-fields.ts";
import { clusterProblem, objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { block, contains, overlap, sizeOf } from "./cidr.ts";
import type { Block } from "./cidr.ts";
import { indexOf } from "./index-objects.ts";

/** What AWS lets a VPC and a subnet have, in addresses: /16 to /28. */
const largest = 2 ** 16;
const smallest = 2 ** 4;

/** The address plan is one that AWS takes, and policies and node groups keep to it. */
export const awsNetwork: Check = {
  id: "aws-network",
  *run(input) {
    const { view } = input.cluster;
    if (view.provider !== "eks") return;
    const vpc = block(view.network.cidr);
    if (vpc === undefined || sizeOf(vpc) > largest || sizeOf(vpc) < smallest) {
      yield complain(
        input,
        `its network ${view.network.cidr} is none that a VPC can have`,
        "write a block from /16 to /28 by its first address, such as 10.42.0.0/16",
      );
      return;
    }
    yield* subnetFaults(input, view, vpc);
    yield* zoneFaults(input, view);
    yield* strayPeers(input, view, vpc);
  },
};

function complain(input: RenderedCluster, what: string, fix: string): Problem {
  return clusterProblem(awsNetwork.id, input, what, fix);
}

function* subnetFaults(input: RenderedCluster, { network }: EksView, vpc: Block): Iterable<Problem> {
  const seen: { readonly cidr: string; readonly block: Block }[] = [];
  const services = block(eksServiceCidr);
  if (services !== undefined && overlap(vpc, services)) {
    yield complain(
      input,
      `its network ${network.cidr} overlaps ${eksServiceCidr}, where Services have their addresses`,
      "choose a block in 10.0.0.0/8",
    );
  }
  for (const cidr of [...network.publicSubnets, ...network.privateSubnets]) {
    const subnet = block(cidr);
    if (subnet === undefined || sizeOf(subnet) < smallest || !contains(vpc, subnet)) {
      yield complain(
        input,
        `subnet ${cidr} is no part of its network ${network.cidr}`,
        "write a block inside it, by its first address",
      );
      continue;
    }
    const other = seen.find((each) => overlap(each.block, subnet));
    if (other !== undefined) {
      yield complain(input, `subnets ${other.cidr} and ${cidr} overlap`, "give each addresses of its own");
    }
    seen.push({ cidr, block: subnet });
  }
}

/** EKS and load balancers want subnets in two zones; nodes go to zones that have a private one. */
function* zoneFaults(input: RenderedCluster, { network, region, nodeGroups }: EksView): Iterable<Problem> {
  for (const kind of ["publicSubnets", "privateSubnets"] as const) {
    const zones = new Set(network[kind].map((_, index) => zoneOf(network, region, index)));
    if (zones.size >= 2) continue;
    yield complain(
      input,
      `its ${kind} are in ${zones.size} zone, and EKS and load balancers want two`,
      "add a subnet in another zone",
    );
  }
  const zones: readonly string[] = network.privateSubnets.map((_, index) => zoneOf(network, region, index));
  for (const { name, zones: wanted = [] } of nodeGroups) {
    for (const zone of wanted.filter((each) => each.startsWith(region) && !zones.includes(each))) {
      yield complain(
        input,
        `node group ${name} is in zone ${zone}, where the network has no private subnet`,
        `name zones among ${zones.join(", ")}`,
      );
    }
  }
}

/** A policy that names addresses of the VPC means the VPC, or one of its subnets. */
function* strayPeers(input: RenderedCluster, { network }: EksView, vpc: Block): Iterable<Problem> {
  const known = new Set([network.cidr, ...network.publicSubnets, ...network.privateSubnets]);
  for (const policy of indexOf(input).all("networking.k8s.io/NetworkPolicy")) {
    const rules = [...list(policy.object, "spec", "ingress"), ...list(policy.object, "spec", "egress")];
    const peers = rules.flatMap((rule) => [...list(rule, "from"), ...list(rule, "to")]);
    const cidrs = new Set(peers.flatMap((peer) => text(peer, "ipBlock", "cidr") ?? []));
    for (const cidr of cidrs) {
      const peer = block(cidr);
      if (known.has(cidr) || peer === undefined || !contains(vpc, peer)) continue;
      yield objectProblem(
        awsNetwork.id,
        input,
        policy,
        `it names ${cidr}, which is in the VPC and none of its subnets`,
        `name one of ${[...known].join(", ")}, or describe the flow with flows(…)`,
      );
    }
  }
}
