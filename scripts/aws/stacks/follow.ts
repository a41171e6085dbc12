import { awsStackProblem } from "./stack-problem.ts";
import type { Deployment } from "../deployment.ts";
import { minutes, waitFor } from "../wait.ts";
import { describeStack, stackEvents } from "./describe.ts";
import type { StackEvent } from "./describe.ts";

/** A control plane takes a quarter of an hour, a node group that is replaced node by node longer. */
const patience = minutes(90);

/**
 * Tells what happens in a stack until nothing does any more.
 *
 * @param stack its name for people, and its id, by which it is found after it is deleted too
 * @returns its last status
 */
export async function follow(
  { aws, say }: Deployment,
  stack: { readonly name: string; readonly id: string },
): Promise<string> {
  const told = new Set<string>();
  // What happened before is not this run's to tell.
  for (const { EventId } of await stackEvents(aws, stack.id)) told.add(EventId);
  const settled = await waitFor(
    async () => {
      const found = await describeStack(aws, stack.id);
      for (const event of await stackEvents(aws, stack.id)) {
        if (told.has(event.EventId)) continue;
        told.add(event.EventId);
        say(`    ${eventLine(event)}`);
      }
      const status = found?.status ?? "DELETE_COMPLETE";
      return status.endsWith("_IN_PROGRESS") ? undefined : status;
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
  const events = await stackEvents(aws, stackId);
  const began = events.findLastIndex(({ ResourceStatusReason }) => ResourceStatusReason === "User Initiated");
  return events
    .slice(Math.max(began, 0))
    .filter(({ ResourceStatus }) => ResourceStatus.endsWith("_FAILED"))
    .filter(({ ResourceStatusReason }) => ResourceStatusReason && !/cancelled/i.test(ResourceStatusReason))
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`);
}
