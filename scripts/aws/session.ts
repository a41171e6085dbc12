import type { EksCluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { refreshedLine, refreshFacts } from "../promotion/refresh-facts.ts";
import { loadFleet } from "../workspace.ts";
import { awsOf } from "./aws.ts";
import { confirmation } from "./confirm.ts";
import type { Deployment } from "./deployment.ts";
import { checkIdentity } from "./identity.ts";
import { asOnlyDeployment } from "./lock.ts";
import { renderCluster } from "./rendered.ts";
import type { Rendered } from "./rendered.ts";
import { eksCluster, targetOf } from "./target.ts";

/** What every command on a cluster's AWS side may be told. */
export interface SessionOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  /** False: the credentials of the environment in place of the definition's profile. Default: true. */
  readonly profile?: boolean;
  readonly allow?: readonly string[];
}

/** A cluster whose account has been proven to be its own, for one command at a time. */
export interface Session extends Deployment {
  readonly fleet: Fleet;
  readonly definition: EksCluster;
  readonly rendered: Rendered;
}

/**
 * Runs `work` on a cluster: renders it, checks account and region, takes the lock, in this order, each before anything is
 * changed. A dry run takes no lock. Where a killed command has left facts and frozen releases apart, those are brought together
 * first.
 */
export async function withSession<Result>(
  name: string,
  { dryRun = false, yes = false, profile = true, allow = [] }: SessionOptions,
  say: (line: string) => void,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const fleet = await loadFleet();
  const definition = eksCluster(fleet, name);
  const whole = await renderOrNothing(fleet, definition, dryRun);
  const aws = awsOf(targetOf(definition, profile));
  const who = await checkIdentity(aws);
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  say(
    `${name}: account ${aws.target.account}, ${aws.target.region}, as ${who}${endpoint ? `, at ${endpoint}` : ""}`,
  );
  const confirm = confirmation(name, yes);
  const session = { aws, say, dryRun, confirm, allowed: allow, fleet, definition };
  if (dryRun && whole !== undefined) return work({ ...session, rendered: whole });
  return asOnlyDeployment(name, async () => {
    const rendered = whole ?? (await finishRefresh(fleet, definition, say));
    return work({ ...session, rendered });
  });
}

/** Between new facts and the releases that take them up, a killed command leaves the two apart. */
const apart: ReadonlySet<string | undefined> = new Set(["release-facts", "release-frozen"]);

/** Undefined where a killed command has to be finished first. */
async function renderOrNothing(
  fleet: Fleet,
  definition: EksCluster,
  dryRun: boolean,
): Promise<Rendered | undefined> {
  try {
    return await renderCluster(fleet, definition);
  } catch (error) {
    const isApart = error instanceof ProblemsError && error.problems.every(({ rule }) => apart.has(rule));
    if (isApart && !dryRun) return undefined;
    throw error;
  }
}

async function finishRefresh(
  fleet: Fleet,
  definition: EksCluster,
  say: (line: string) => void,
): Promise<Rendered> {
  for (const each of await refreshFacts(definition.name)) say(`  ${refreshedLine(each)}`);
  return renderCluster(fleet, definition);
}
