import { randomBytes } from "node:crypto";
import * as v from "valibot";
import { ProblemsError } from "../../../synth/model/problem.ts";
import type { Aws } from "../aws.ts";
import { errorCodeOf, failureProblem } from "../failures.ts";
import { minutes, waitFor } from "../wait.ts";
import { awsStackProblem } from "./stack-problem.ts";

const described = v.object({
  Status: v.string(),
  StatusReason: v.optional(v.nullable(v.string())),
  ChangeSetId: v.string(),
  StackId: v.string(),
  Changes: v.optional(
    v.array(
      v.object({
        ResourceChange: v.object({
          Action: v.string(),
          LogicalResourceId: v.string(),
          ResourceType: v.string(),
          Replacement: v.optional(v.nullable(v.string())),
        }),
      }),
    ),
    [],
  ),
});

/** What CloudFormation would do, in its own words. */
export interface ResourceChange {
  /** Add, Modify, Remove, Import or Dynamic. */
  readonly action: string;
  readonly id: string;
  readonly type: string;
  readonly replaces: "True" | "Conditional" | "False";
}

export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly ResourceChange[];
}

export interface ChangeSetRequest {
  readonly stack: string;
  readonly type: "CREATE" | "UPDATE";
  /** Path of the template. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}

/** How CloudFormation says that there is nothing to do. */
const nothing = /didn't contain changes|No updates are to be performed/;

/** The change set, planned and not executed; undefined where nothing would change. */
export async function createChangeSet(aws: Aws, request: ChangeSetRequest): Promise<ChangeSet | undefined> {
  const name = `slipway-${Date.now()}-${randomBytes(4).toString("hex")}`;
  const created = await aws.attempt(v.unknown(), createArguments(name, request));
  if ("failure" in created) {
    if (nothing.test(created.failure.stderr)) return undefined;
    // An attempt whose answer was lost: nobody else has this name.
    if (errorCodeOf(created.failure) !== "AlreadyExistsException") {
      throw new ProblemsError([failureProblem(aws.target, created.failure)]);
    }
  }
  const which = ["--stack-name", request.stack, "--change-set-name", name];
  const planned = await waitFor(
    async () => {
      const found = await aws.ask(described, ["cloudformation", "describe-change-set", ...which]);
      return /_COMPLETE$|FAILED$/.test(found.Status) ? found : undefined;
    },
    { patience: minutes(15) },
  );
  if (planned?.Status === "CREATE_COMPLETE") {
    return { id: planned.ChangeSetId, stackId: planned.StackId, changes: planned.Changes.map(changeOf) };
  }
  await aws.tell(["cloudformation", "delete-change-set", ...which]);
  const reason = planned?.StatusReason ?? "CloudFormation did not finish planning";
  if (nothing.test(reason)) return undefined;
  throw awsStackProblem(
    aws.target,
    request.stack,
    `${request.stack} cannot be changed to what dist says: ${reason}`,
    "correct the definition it comes from, npm run synth, and run the command again",
  );
}

function createArguments(name: string, request: ChangeSetRequest): readonly string[] {
  const { stack, type, template, parameters, tags, capabilities } = request;
  const options = {
    "stack-name": stack,
    "change-set-name": name,
    "change-set-type": type,
    "template-body": `file://${template}`,
    parameters: listOf("ParameterKey", "ParameterValue", parameters),
    tags: listOf("Key", "Value", tags),
  };
  return [
    "cloudformation",
    "create-change-set",
    ...Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]),
    ...(capabilities.length === 0 ? [] : ["--capabilities", ...capabilities]),
  ];
}

/** A map as AWS's APIs take one, in JSON. */
function listOf(key: string, value: string, members: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(members).map(([name, text]) => ({ [key]: name, [value]: text })));
}

type Described = v.InferOutput<typeof described>["Changes"][number];

function changeOf({ ResourceChange }: Described): ResourceChange {
  const { Action, LogicalResourceId, ResourceType, Replacement } = ResourceChange;
  const replaces = Replacement === "True" || Replacement === "Conditional" ? Replacement : "False";
  return { action: Action, id: LogicalResourceId, type: ResourceType, replaces };
}

/** Starts it. Sent again after a lost answer, it is started once: the token says that it is the same. */
export async function executeChangeSet(aws: Aws, { id, stackId }: ChangeSet): Promise<void> {
  const token = `slipway-${randomBytes(8).toString("hex")}`;
  const which = ["--stack-name", stackId, "--change-set-name", id, "--client-request-token", token];
  const executed = await aws.attempt(v.unknown(), ["cloudformation", "execute-change-set", ...which]);
  if (!("failure" in executed)) return;
  // It is going on already, or through: what following it will tell.
  if (errorCodeOf(executed.failure) === "InvalidChangeSetStatus") return;
  throw new ProblemsError([failureProblem(aws.target, executed.failure)]);
}

/** Gives up what was planned; a stack that was only planned goes with it. */
export async function dropChangeSet(aws: Aws, { id, stackId }: ChangeSet, isNew: boolean): Promise<void> {
  const stack = ["--stack-name", stackId];
  await aws.tell(["cloudformation", "delete-change-set", "--change-set-name", id, ...stack]);
  if (isNew) await aws.tell(["cloudformation", "delete-stack", ...stack]);
}
