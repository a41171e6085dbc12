import type { EksCluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
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
 * changed. A dry run takes no lock.
 */
export async function withSession<Result>(
  name: string,
  { dryRun = false, yes = false, profile = true, allow = [] }: SessionOptions,
  say: (line: string) => void,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const fleet = await loadFleet();
  const definition = eksCluster(fleet, name);
  const rendered = await renderCluster(fleet, definition);
  const aws = awsOf(targetOf(definition, profile));
  const who = await checkIdentity(aws);
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  say(
    `${name}: account ${aws.target.account}, ${aws.target.region}, as ${who}${endpoint ? `, at ${endpoint}` : ""}`,
  );
  const confirm = confirmation(name, yes);
  const session = { aws, say, dryRun, confirm, allowed: allow, fleet, definition, rendered };
  return dryRun ? work(session) : asOnlyDeployment(name, () => work(session));
}
