import { awsStackProblem } from "./stack-problem.ts";
import type { Aws } from "../aws.ts";
import type { Deployment } from "../deployment.ts";
import { minutes, waitFor } from "../wait.ts";
import { describeStack, stackEvents } from "./describe.ts";
import type { DeployedStack, StackEvent } from "./describe.ts";

/** A control plane takes a quarter of an hour, a node group that is replaced node by node longer. */
const patience = minutes(90);

/**
 * Tells what happens in a stack until nothing does any more.
 *
 * @param stack its name for people, and its id, by which it is found after it is deleted too
 * @returns the stack as it came to rest
 */
export async function follow(
  { aws, say }: Deployment,
  stack: { readonly name: string; readonly id: string },
): Promise<DeployedStack> {
  const told = new Set<string>();
  const settled = await waitFor(
    async () => {
      const found = await describeStack(aws, stack.id);
      if (found === undefined) return { ...gone, id: stack.id };
      if (!found.status.endsWith("_IN_PROGRESS")) return found;
      for (const event of await latestEvents(aws, stack.id)) {
        if (told.has(event.EventId)) continue;
        told.add(event.EventId);
        say(`    ${eventLine(event)}`);
      }
      return undefined;
    },
    { patience },
  );
  if (settled !== undefined) return settled;
  throw awsStackProblem(
    aws.target,
    stack.name,
    `${stack.name} is still busy after ${patience / minutes(1)} minutes`,
    "see its events in the AWS console; run the command again, which goes on waiting",
  );
}

const gone = { status: "DELETE_COMPLETE", outputs: {}, parameters: {}, tags: {} };

/** Events of what was begun last: what happened before is not this run's to tell. */
async function latestEvents(aws: Aws, stackId: string): Promise<readonly StackEvent[]> {
  const events = await stackEvents(aws, stackId);
  const began = events.findLastIndex(({ ResourceStatusReason }) => ResourceStatusReason === "User Initiated");
  return events.slice(Math.max(began, 0));
}

function eventLine({
  ResourceStatus,
  LogicalResourceId,
  ResourceType,
  ResourceStatusReason,
}: StackEvent): string {
  const reason = ResourceStatusReason ? `: ${ResourceStatusReason}` : "";
  return `${ResourceStatus.padEnd(20)} ${LogicalResourceId} (${ResourceType})${reason}`;
}

/** Why the latest operation of a stack failed, in CloudFormation's words, the first cause first. */
export async function failureReasons({ aws }: Deployment, stackId: string): Promise<readonly string[]> {
  return (await latestEvents(aws, stackId))
    .filter(({ ResourceStatus }) => ResourceStatus.endsWith("_FAILED"))
    .filter(({ ResourceStatusReason }) => ResourceStatusReason && !/cancelled/i.test(ResourceStatusReason))
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`);
}
