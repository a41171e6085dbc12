import type { ClusterAccess } from "./cluster/cluster-access.ts";
import { connect } from "./cluster/connect.ts";
import { deliveries } from "./cluster/delivery.ts";
import { bootstrapPaths, installReconciler, installedFirst } from "./cluster/install-reconciler.ts";
import type { Outcome } from "./deployment.ts";
import { requireInStep } from "./rendered.ts";
import type { Session } from "./session.ts";
import { requireCommitted } from "./git.ts";
import { waitForSlices } from "./wait-for-slices.ts";

/** The slice that gives Ingresses their load balancers. */
const controller = "aws-load-balancer-controller";

/**
 * Brings a new cluster to where it helps itself: the reconciler by Helm, the bootstrap folder by kubectl. All add-ons come through
 * the reconciler, the load balancer controller among them; what this does about that one is to wait until it works.
 *
 * @param waitMinutes how long to wait for the controller; 0 for not at all
 */
export async function installAlbController(
  session: Session,
  kubeconfig: string | undefined,
  waitMinutes: number,
): Promise<Outcome> {
  const { definition, rendered, say, dryRun } = session;
  const { name } = definition;
  const bootstrap = bootstrapPaths(session);
  requireInStep(name, rendered, bootstrap);
  const first = installedFirst(session).map(({ owner, chart }) => `${owner} ${chart?.version ?? ""}`.trim());
  if (dryRun) {
    say(`  would install, unless they are there: ${first.join(", ")}`);
    say(`  would apply: ${bootstrap.filter((path) => !path.includes("/values/")).join(", ")}`);
    return "planned";
  }
  await requireCommitted(name, bootstrap);
  const access = await connect(session, kubeconfig);
  say(`  the cluster is ${access.address}`);
  await session.confirm(
    `install ${first.join(", ")} there, unless they are there, and apply the bootstrap folder?`,
  );
  const outcome = await installReconciler(session, access);
  await waitForController(session, access, waitMinutes);
  return outcome;
}

async function waitForController(
  session: Session,
  access: ClusterAccess,
  waitMinutes: number,
): Promise<void> {
  const { rendered, definition } = session;
  const runs = rendered.cluster.cluster.order.some(({ owner }) => owner === controller);
  if (!runs || waitMinutes === 0) return;
  await deliveries[definition.reconciler].hurry(access, deliveries[definition.reconciler].root);
  await waitForSlices(session, access, [controller], { waitMinutes, isCurrent: async () => true });
}
