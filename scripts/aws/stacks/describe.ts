import * as v from "valibot";
import { ProblemsError } from "../../../synth/model/problem.ts";
import type { Aws } from "../aws.ts";
import { failureProblem } from "../failures.ts";

const pairs = (key: string, value: string) =>
  v.pipe(
    v.array(v.looseObject({ [key]: v.string(), [value]: v.string() })),
    v.transform((members) => Object.fromEntries(members.map((member) => [member[key], member[value]]))),
  );

const stack = v.object({
  StackId: v.string(),
  StackName: v.string(),
  StackStatus: v.string(),
  Outputs: v.optional(pairs("OutputKey", "OutputValue"), []),
  Parameters: v.optional(pairs("ParameterKey", "ParameterValue"), []),
  Tags: v.optional(pairs("Key", "Value"), []),
});

const described = v.object({ Stacks: v.array(stack) });

/** A stack as CloudFormation knows it. */
export interface DeployedStack {
  /** ARN, which stays readable after the stack is deleted. */
  readonly id: string;
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The stack of this name; undefined if there is none. */
export async function describeStack(aws: Aws, name: string): Promise<DeployedStack | undefined> {
  const answer = await aws.attempt(described, ["cloudformation", "describe-stacks", "--stack-name", name]);
  if ("failure" in answer) {
    if (/ValidationError.*does not exist/s.test(answer.failure.stderr)) return undefined;
    throw new ProblemsError([failureProblem(aws.target, answer.failure)]);
  }
  const [found] = answer.value.Stacks;
  return found && deployedStack(found);
}

function deployedStack(found: v.InferOutput<typeof stack>): DeployedStack {
  const { StackId, StackStatus, Outputs, Parameters, Tags } = found;
  return { id: StackId, status: StackStatus, outputs: Outputs, parameters: Parameters, tags: Tags };
}

/** Stacks by name, asked for once for all of them: a look at each would take longer than most of what is done. */
export interface KnownStacks {
  readonly find: (name: string) => Promise<DeployedStack | undefined>;
  /** Keeps what one of them has become. */
  readonly keep: (name: string, stack: DeployedStack) => void;
}

export function knownStacks(aws: Aws): KnownStacks {
  let all: Promise<ReadonlyMap<string, DeployedStack>> | undefined;
  const changed = new Map<string, DeployedStack>();
  const read = async () => {
    const { Stacks } = await aws.ask(described, ["cloudformation", "describe-stacks"]);
    return new Map(Stacks.map((found) => [found.StackName, deployedStack(found)]));
  };
  return {
    find: async (name) => changed.get(name) ?? (await (all ??= read())).get(name),
    keep: (name, found) => void changed.set(name, found),
  };
}

/** The template that the stack was made from, as it was sent; JSON comes back in another form than it went. */
export async function deployedTemplate(aws: Aws, name: string): Promise<string> {
  const body = v.object({ TemplateBody: v.union([v.string(), v.looseObject({})]) });
  const args = ["cloudformation", "get-template", "--template-stage", "Original", "--stack-name", name];
  const { TemplateBody } = await aws.ask(body, args);
  return typeof TemplateBody === "string" ? TemplateBody : JSON.stringify(TemplateBody);
}

const event = v.object({
  EventId: v.string(),
  Timestamp: v.string(),
  LogicalResourceId: v.string(),
  ResourceType: v.optional(v.string(), ""),
  ResourceStatus: v.optional(v.string(), ""),
  ResourceStatusReason: v.optional(v.nullable(v.string()), ""),
});

export type StackEvent = v.InferOutput<typeof event>;

/** Latest events of a stack, oldest first. */
export async function stackEvents(aws: Aws, stackId: string): Promise<readonly StackEvent[]> {
  const events = v.object({ StackEvents: v.array(event) });
  const args = ["cloudformation", "describe-stack-events", "--max-items", "100", "--stack-name", stackId];
  return (await aws.ask(events, args)).StackEvents.toReversed();
}
