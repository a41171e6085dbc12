import * as v from "valibot";
import type { Aws } from "./aws.ts";
import type { ClusterAccess } from "./cluster/cluster-access.ts";
import type { LoadBalancer } from "./stacks/parameters.ts";

const ingresses = v.object({
  metadata: v.object({ name: v.string(), namespace: v.string() }),
  spec: v.object({ rules: v.optional(v.array(v.object({ host: v.optional(v.string()) })), []) }),
  status: v.optional(
    v.object({
      loadBalancer: v.optional(
        v.object({ ingress: v.optional(v.array(v.object({ hostname: v.optional(v.string()) })), []) }),
      ),
    }),
  ),
});

const balancers = v.object({
  LoadBalancers: v.array(v.object({ DNSName: v.string(), CanonicalHostedZoneId: v.string() })),
});

/** The load balancer that the cluster's Ingress of a host was given; undefined until there is one. */
export async function findLoadBalancer(
  aws: Aws,
  access: ClusterAccess,
  host: string,
): Promise<LoadBalancer | undefined> {
  const found = (await access.list(ingresses, "ingresses.networking.k8s.io")).find(({ spec }) =>
    spec.rules.some((rule) => rule.host === host),
  );
  const name = found?.status?.loadBalancer?.ingress.find(({ hostname }) => hostname !== undefined)?.hostname;
  if (name === undefined) return undefined;
  const { LoadBalancers } = await aws.ask(balancers, ["elbv2", "describe-load-balancers"]);
  const balancer = LoadBalancers.find(({ DNSName }) => bare(DNSName) === bare(name));
  if (balancer === undefined) return undefined;
  return { dnsName: balancer.DNSName, hostedZoneId: balancer.CanonicalHostedZoneId };
}

/** Its name without what Ingress and alias records may put before it to reach it by either protocol. */
function bare(name: string): string {
  return name.toLowerCase().replace(/^dualstack\./, "");
}
