import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import * as v from "valibot";
import type { AwsStack } from "../../../synth/aws/stack.ts";
import type { Deployment } from "../deployment.ts";
import { deployedTemplate } from "./describe.ts";
import type { DeployedStack } from "./describe.ts";
import { stackStep } from "./status.ts";
import { typedOptions } from "./stack-problem.ts";

const resources = v.object({ Resources: v.record(v.string(), v.looseObject({ Type: v.string() })) });

export interface StackPlan {
  readonly stack: AwsStack;
  /** Path of its template. */
  readonly template: string;
  /** Parameters without a value yet. */
  readonly open: readonly string[];
}

/** Says what deploying the stack would do, from what is there; makes nothing, not even a change set. */
export async function planStack(
  { aws, say }: Deployment,
  { stack, template, open: unknown }: StackPlan,
  deployed: DeployedStack | undefined,
): Promise<void> {
  const { name } = stack;
  const step = stackStep(deployed?.status, name, typedOptions(aws.target));
  const open = unknown.length === 0 ? "" : `; ${unknown.join(", ")} will be known by then`;
  const wanted = readFileSync(template, "utf8");
  if (step.do === "stop")
    return say(`  ${name} is ${deployed?.status}, and would stop here: ${step.because}. ${step.fix}`);
  if (step.do === "wait") return say(`  ${name} is ${deployed?.status}: its end would be waited for`);
  if (step.do !== "update") {
    say(
      `  ${name} would be ${step.do === "create" ? "created" : `deleted and created again (${step.because})`}${open}`,
    );
    for (const line of difference({}, resourcesOf(wanted))) say(line);
    return;
  }
  const found = await deployedTemplate(aws, name);
  if (found.trim() === wanted.trim()) return say(`  ${name} is what dist says${open}`);
  say(`  ${name} would be updated${open}`);
  for (const line of difference(resourcesOf(found), resourcesOf(wanted))) say(line);
}

type Resources = Readonly<Record<string, { readonly Type: string }>>;

function resourcesOf(template: string): Resources {
  const parsed = v.safeParse(resources, load(template));
  return parsed.success ? parsed.output.Resources : {};
}

/** What differs by the templates alone; what CloudFormation makes of it, its change set will say. */
function difference(before: Resources, after: Resources): readonly string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return ids.flatMap((id) => {
    const [old, next] = [before[id], after[id]];
    if (JSON.stringify(old) === JSON.stringify(next)) return [];
    const mark = old === undefined ? "+" : next === undefined ? "-" : "~";
    return [`    ${mark} ${id}  ${(next ?? old)?.Type ?? ""}`];
  });
}
