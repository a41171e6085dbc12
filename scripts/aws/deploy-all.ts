import { connect } from "./cluster/connect.ts";
import { deployApp } from "./deploy-app.ts";
import { deployInfra } from "./deploy-infra.ts";
import type { Outcome } from "./deployment.ts";
import { installAlbController } from "./install-alb-controller.ts";
import { publishDns } from "./publish-dns.ts";
import { recordFacts } from "./record-facts.ts";
import { renderCluster } from "./rendered.ts";
import { requireSecretValues } from "./secret-values.ts";
import type { Session } from "./session.ts";
import { checkHosts } from "./smoke-checks.ts";

export interface DeployAllOptions {
  /** Commit what AWS says of the cluster, and push it to the branch that reconcilers follow. */
  readonly push: boolean;
  readonly kubeconfig: string | undefined;
  readonly waitMinutes: number;
  readonly smokeChecks: boolean;
}

/** What it came to; with `toMerge`, where it stopped because these files have to reach main first. */
export interface Deployed {
  readonly outcome: Outcome;
  readonly toMerge?: readonly string[];
}

/**
 * From an account with nothing in it to a cluster whose hosts answer. Each step finds what is there already and does what is
 * missing, so that it may be run again after any failure, or a kill, anywhere.
 */
export async function deployAll(session: Session, options: DeployAllOptions): Promise<Deployed> {
  const { say, definition, dryRun } = session;
  const { kubeconfig, waitMinutes } = options;
  const outcomes: Outcome[] = [];
  say("1 · stacks");
  outcomes.push(await deployInfra(session));
  if (dryRun) return planRest(session, options);
  say("2 · facts");
  const toMerge = await recordFacts(session, options.push);
  if (toMerge.length > 0) return { outcome: "done", toMerge };
  say("3 · values of secrets");
  await requireSecretValues(session);
  // Facts may be new since it was rendered.
  const current = { ...session, rendered: await renderCluster(session.fleet, definition) };
  say("4 · reconciler and bootstrap");
  outcomes.push(await installAlbController(current, kubeconfig, waitMinutes));
  say("5 · apps");
  await deployApp(current, { placements: [], kubeconfig, waitMinutes });
  say("6 · records");
  outcomes.push(await publishDns(current, await connect(current, kubeconfig), waitMinutes));
  if (options.smokeChecks) {
    say("7 · smoke checks");
    await checkHosts(current.rendered, say, { waitMinutes });
  }
  return { outcome: outcomes.includes("done") ? "done" : "unchanged" };
}

/** Without stacks there is nothing to ask about the rest: it is named, and planned as far as it can be. */
async function planRest(session: Session, { kubeconfig, smokeChecks }: DeployAllOptions): Promise<Deployed> {
  const { say } = session;
  say(
    "2 · facts: outputs of the stacks would be written to the cluster's facts, dist rendered, and both brought to main",
  );
  say("3 · values of secrets would be looked for in Secrets Manager");
  say("4 · reconciler and bootstrap");
  await installAlbController(session, kubeconfig, 0);
  say("5 · apps would be waited for until the reconciler calls them healthy");
  say("6 · records would be published for the load balancers of the Ingresses");
  if (smokeChecks) say("7 · hosts would be asked for their pages");
  return { outcome: "planned" };
}
