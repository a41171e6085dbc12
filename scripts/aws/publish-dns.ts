import { hostsOf } from "../../synth/aws/hosts.ts";
import { clusterPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { ClusterAccess } from "./cluster/cluster-access.ts";
import { deployStacks } from "./deploy-infra.ts";
import type { Outcome } from "./deployment.ts";
import { findLoadBalancer } from "./load-balancer.ts";
import type { Session } from "./session.ts";
import { minutes, waitFor } from "./wait.ts";

/**
 * Points the hosts of a cluster at the load balancers that its Ingresses were given, by the stack of records. On a cluster with a
 * zone of its own external-dns does that, and there is nothing to publish here.
 *
 * @param waitMinutes how long to wait for load balancers that are not there yet
 */
export async function publishDns(
  session: Session,
  access: ClusterAccess,
  waitMinutes: number,
): Promise<Outcome> {
  const { aws, say, rendered, dryRun } = session;
  const stacks = rendered.stacks.filter(({ phase }) => phase === "publication");
  if (stacks.length === 0) {
    say("no records to publish: external-dns keeps them, or the definition names no zone");
    return "unchanged";
  }
  const hosts = hostsOf({ cluster: rendered.cluster.cluster, objects: rendered.cluster.objects });
  if (!dryRun) {
    for (const host of hosts) {
      say(`  looking for the load balancer of ${host}`);
      const found = await waitFor(() => findLoadBalancer(aws, access, host), {
        patience: minutes(waitMinutes),
      });
      if (found === undefined) throw noLoadBalancer(session, host, waitMinutes);
    }
  }
  return deployStacks(session, stacks, (host) => findLoadBalancer(aws, access, host));
}

function noLoadBalancer({ definition, rendered }: Session, host: string, waited: number): ProblemsError {
  const ingress = rendered.cluster.objects.find(
    ({ object }) => object.kind === "Ingress" && JSON.stringify(object).includes(`"${host}"`),
  )?.object.metadata;
  const named =
    ingress === undefined ? "ingress" : `ingress ${ingress.name} -n ${ingress.namespace ?? "default"}`;
  return new ProblemsError([
    {
      rule: "aws-dns",
      at: { definition: clusterPath(definition.name), cluster: definition.name },
      what: `the Ingress of ${host} has no load balancer${waited > 0 ? ` after ${waited} minutes` : " yet"}: no record was published`,
      fix: `kubectl describe ${named} says what the load balancer controller waits for; then run the command again`,
    },
  ]);
}
