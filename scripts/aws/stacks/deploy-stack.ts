import { readFileSync, statSync } from "node:fs";
import type { AwsStack } from "../../../synth/aws/stack.ts";
import type { Deployment } from "../deployment.ts";
import { changeLines, losses } from "./change-lines.ts";
import { createChangeSet, dropChangeSet, executeChangeSet } from "./change-set.ts";
import type { ChangeSet } from "./change-set.ts";
import { deployedTemplate, describeStack } from "./describe.ts";
import type { DeployedStack } from "./describe.ts";
import { failureReasons, follow } from "./follow.ts";
import { stackStep } from "./status.ts";
import { awsStackProblem, typedOptions } from "./stack-problem.ts";

/** Bytes that CloudFormation takes with a call; more would have to lie in a bucket, and there is none before the first stack. */
const longestTemplate = 51_200;

/** Times that a stack may be found in a state that has to be left first; each leads closer to one that works. */
const longestWay = 6;

/** A stack, the file that its template is committed as, and the values of its parameters. */
export interface StackDeployment {
  readonly stack: AwsStack;
  /** Absolute path. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Makes a stack what its template says, from whatever state it is in: shows the change set, asks, executes it and follows
 * it to its end. Does nothing where nothing differs. Returns the stack as it came to rest.
 *
 * @param known the stack as it was a moment ago, which is enough to see that nothing differs
 * @throws ProblemsError that says why the stack is not there yet, and what leads on
 */
export async function deployStack(
  deployment: Deployment,
  wanted: StackDeployment,
  known: DeployedStack | undefined,
): Promise<DeployedStack | "unchanged"> {
  const { aws, say } = deployment;
  const { name } = wanted.stack;
  refuseLongTemplate(deployment, wanted);
  if (known !== undefined && (await isSame(deployment, wanted, known))) return "unchanged";
  for (let way = 0; way < longestWay; way += 1) {
    const deployed = await describeStack(aws, name);
    const step = stackStep(deployed?.status, name, typedOptions(aws.target));
    if (step.do === "stop") {
      throw awsStackProblem(aws.target, name, `${name} is ${deployed?.status}: ${step.because}`, step.fix);
    }
    if (step.do === "wait" && deployed !== undefined) {
      say(`  ${name} is ${deployed.status}: waiting for its end`);
      await follow(deployment, { name, id: deployed.id });
    } else if (step.do === "recreate" && deployed !== undefined) {
      say(`  ${name} is ${deployed.status}: ${step.because}; it is deleted, then created again`);
      await deployment.confirm(`delete ${name}, which never worked?`);
      await deleteStack(deployment, name, deployed);
    } else {
      return change(deployment, wanted, step.do === "update" ? deployed : undefined);
    }
  }
  const fix = "see its events in the AWS console, then run the command again";
  throw awsStackProblem(aws.target, name, `${name} does not come to rest`, fix);
}

async function deleteStack(deployment: Deployment, name: string, { id }: DeployedStack): Promise<void> {
  await deployment.aws.tell(["cloudformation", "delete-stack", "--stack-name", id]);
  await follow(deployment, { name, id });
}

async function change(
  deployment: Deployment,
  wanted: StackDeployment,
  deployed: DeployedStack | undefined,
): Promise<DeployedStack | "unchanged"> {
  const { aws, say } = deployment;
  const { stack, template, parameters } = wanted;
  const { name } = stack;
  const changes = await createChangeSet(aws, {
    stack: name,
    type: deployed === undefined ? "CREATE" : "UPDATE",
    template,
    parameters,
    tags: stack.tags,
    capabilities: stack.capabilities,
  });
  if (changes === undefined) return "unchanged";
  say(`  ${name}: ${deployed === undefined ? "created" : "updated"} by this change set`);
  for (const line of changeLines(changes.changes)) say(line);
  try {
    refuseLosses(deployment, name, changes);
    await deployment.confirm(`execute it on ${name}?`);
  } catch (error) {
    await dropChangeSet(aws, changes, deployed === undefined);
    throw error;
  }
  await executeChangeSet(aws, changes);
  const settled = await follow(deployment, { name, id: changes.stackId });
  if (settled.status === "CREATE_COMPLETE" || settled.status === "UPDATE_COMPLETE") return settled;
  throw await failed(deployment, name, settled);
}

/** Whether the stack already is what it would become: no change set is needed to know. */
async function isSame(
  { aws }: Deployment,
  { stack, template, parameters }: StackDeployment,
  deployed: DeployedStack,
): Promise<boolean> {
  if (stackStep(deployed.status, stack.name, "").do !== "update") return false;
  if (!alike(parameters, deployed.parameters) || !alike(stack.tags, deployed.tags)) return false;
  return (await deployedTemplate(aws, stack.name)).trim() === readFileSync(template, "utf8").trim();
}

function alike(wanted: Readonly<Record<string, string>>, found: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(wanted).every(([key, value]) => found[key] === value) &&
    Object.keys(found).every((key) => key in wanted)
  );
}

function refuseLongTemplate({ aws }: Deployment, { stack, template }: StackDeployment): void {
  const { size } = statSync(template);
  if (size <= longestTemplate) return;
  throw awsStackProblem(
    aws.target,
    stack.name,
    `the template of ${stack.name} has ${size} bytes, and CloudFormation takes ${longestTemplate}`,
    "split the stack in synth/aws/stacks",
  );
}

function refuseLosses({ aws, allowed }: Deployment, name: string, { changes }: ChangeSet): void {
  const lost = losses(changes).filter(({ id }) => !allowed.includes(`${name}/${id}`));
  if (lost.length === 0) return;
  throw awsStackProblem(
    aws.target,
    name,
    `${name} would lose ${lost.map(({ id, type }) => `${id} (${type})`).join(", ")}; nothing was changed`,
    `take the change back; if it is meant, move what is in it first, then: ${lost.map(({ id }) => `--allow ${name}/${id}`).join(" ")}`,
  );
}

async function failed(deployment: Deployment, name: string, { id, status }: DeployedStack) {
  const reasons = await failureReasons(deployment, id);
  const isTaken = reasons.some((reason) => /already exists|AlreadyExists/i.test(reason));
  return awsStackProblem(
    deployment.aws.target,
    name,
    `${name} is ${status}: ${reasons.join("; ") || "CloudFormation gives no reason"}`,
    isTaken
      ? "the name is taken by something outside the stack: remove or rename that, or change the name in the definition; then run the command again"
      : "put the cause right, then run the command again, which leads the stack out of this state",
  );
}
