import { stackPath } from "../../synth/layout/layout.ts";
import type { AwsStack } from "../../synth/aws/stack.ts";
import { requireCommitted } from "./git.ts";
import type { Outcome } from "./deployment.ts";
import { requireInStep, templatePath } from "./rendered.ts";
import type { Session } from "./session.ts";
import { knownStacks } from "./stacks/describe.ts";
import { deployStack } from "./stacks/deploy-stack.ts";
import { resolveParameters } from "./stacks/parameters.ts";
import type { FindLoadBalancer } from "./stacks/parameters.ts";
import { planStack } from "./stacks/plan-stack.ts";
import { awsStackProblem } from "./stacks/stack-problem.ts";

/** Deploys the stacks that a cluster stands on, one after the other. Those that are there already stay as they are. */
export function deployInfra(session: Session): Promise<Outcome> {
  const stacks = session.rendered.stacks.filter(({ phase }) => phase === "infrastructure");
  return deployStacks(session, stacks, async () => undefined);
}

/** Deploys these stacks in their order, or says what that would do. */
export async function deployStacks(
  session: Session,
  stacks: readonly AwsStack[],
  findLoadBalancer: FindLoadBalancer,
): Promise<Outcome> {
  const { aws, say, dryRun, rendered } = session;
  const { cluster } = aws.target;
  const known = knownStacks(aws);
  const paths = stacks.map(({ kind }) => stackPath(cluster, kind));
  requireInStep(cluster, rendered, paths);
  if (!dryRun) await requireCommitted(cluster, paths);
  let outcome: Outcome = dryRun ? "planned" : "unchanged";
  for (const [index, stack] of stacks.entries()) {
    say(`stack ${index + 1} of ${stacks.length}: ${stack.name}`);
    const template = templatePath({ target: cluster }, stack);
    const { values, open } = await resolveParameters({ aws, stacks: known, findLoadBalancer }, stack);
    if (dryRun) {
      await planStack(session, { stack, template, open }, await known.find(stack.name));
      continue;
    }
    if (open.length > 0) {
      const fix = `npm run slipway -- aws deploy-infra ${cluster} deploys the stacks it comes from`;
      throw awsStackProblem(aws.target, stack.name, `${stack.name} needs ${open.join(", ")}`, fix);
    }
    const wanted = { stack, template, parameters: values };
    const result = await deployStack(session, wanted, await known.find(stack.name));
    if (result === "unchanged") say(`  ${stack.name} is what dist says`);
    else {
      outcome = "done";
      known.keep(stack.name, result);
    }
  }
  return outcome;
}
