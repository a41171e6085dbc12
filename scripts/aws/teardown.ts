import type { AwsStack } from "../../synth/aws/stack.ts";
import { clusterPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { Outcome } from "./deployment.ts";
import type { Session } from "./session.ts";
import { describeStack } from "./stacks/describe.ts";
import { failureReasons, follow } from "./stacks/follow.ts";
import { awsStackProblem } from "./stacks/stack-problem.ts";
import { blockStorage, loadBalancers, networkInterfaces, sharedStorage } from "./teardown/remains.ts";
import type { Remains } from "./teardown/remains.ts";

/**
 * Deletes a cluster's stacks, the last one first, unless something would be lost or left behind that no stack knows. What a
 * template marks as kept stays, and is named.
 *
 * @param confirmed the cluster's name, typed by whoever means it
 * @throws ProblemsError with all that is in the way, before anything is deleted
 */
export async function teardown(session: Session, confirmed: string | undefined): Promise<Outcome> {
  const { aws, say, dryRun, definition, rendered } = session;
  const remains = await findRemains(session);
  if (dryRun) {
    for (const { kind, id } of remains) say(`  in the way: ${kind} ${id}`);
  } else if (remains.length > 0) throw inTheWay(session, remains);
  let outcome: Outcome = dryRun ? "planned" : "unchanged";
  for (const stack of rendered.stacks.toReversed()) {
    const deployed = await describeStack(aws, stack.name);
    if (deployed === undefined) continue;
    say(`stack ${stack.name}${dryRun ? " would be deleted" : ""}`);
    for (const line of keptLines(stack)) say(line);
    if (dryRun) continue;
    if (confirmed !== definition.name) throw unconfirmed(session);
    await aws.tell(["cloudformation", "delete-stack", "--stack-name", deployed.id]);
    const { status } = await follow(session, { name: stack.name, id: deployed.id });
    if (status !== "DELETE_COMPLETE") {
      const reasons = await failureReasons(session, deployed.id);
      const fix = "remove what is in the way, then run the command again";
      throw awsStackProblem(aws.target, stack.name, `${stack.name} is ${status}: ${reasons.join("; ")}`, fix);
    }
    outcome = "done";
  }
  return outcome;
}

async function findRemains(session: Session): Promise<readonly Remains[]> {
  const { name } = session.definition;
  const network = await describeStack(session.aws, `${name}-network`);
  const storage = await describeStack(session.aws, `${name}-storage`);
  return [
    ...(await loadBalancers(session)),
    ...(await blockStorage(session)),
    ...(await sharedStorage(session, storage?.outputs["FileSystemId"])),
    ...(await networkInterfaces(session, network?.outputs["VpcId"])),
  ];
}

function keptLines({ template }: AwsStack): readonly string[] {
  return Object.entries(template.Resources)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith("Retain"))
    .map(([id, { Type }]) => `    stays: ${id}  ${Type}`);
}

function inTheWay({ definition }: Session, remains: readonly Remains[]): ProblemsError {
  const { name } = definition;
  return new ProblemsError(
    remains.map(({ kind, id, fix }): Problem => ({
      rule: "aws-teardown",
      at: { definition: clusterPath(name), cluster: name, object: `${kind} ${id}` },
      what: `${kind} ${id} would be left behind; nothing was deleted`,
      fix,
    })),
  );
}

function unconfirmed({ definition }: Session): ProblemsError {
  const { name } = definition;
  const at = { definition: clusterPath(name), cluster: name };
  const fix = `read what is shown above; if it is meant: --yes ${name}`;
  return new ProblemsError([{ rule: "aws-confirm", at, what: `taking ${name} down is not confirmed`, fix }]);
}
