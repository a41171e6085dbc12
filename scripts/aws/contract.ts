import { factSources } from "../../synth/aws/outputs.ts";
import type { StackOutput } from "../../synth/aws/outputs.ts";
import { stackName } from "../../synth/aws/stack.ts";
import { clusterPath, factsPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { Session } from "./session.ts";
import { knownStacks } from "./stacks/describe.ts";

/** What the stacks of a cluster say of it, as its facts name it. */
export interface Contract {
  readonly outputs: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
}

/**
 * Reads each fact of a cluster from the output of the one stack that gives it.
 *
 * @throws ProblemsError with every output that is not there
 */
export async function readContract({ aws, definition, rendered }: Session): Promise<Contract> {
  const { outputs, roles } = factSources(definition.outputs, rendered.stacks);
  const problems: Problem[] = [];
  const known = knownStacks(aws);
  const read = async (sources: Readonly<Record<string, StackOutput>>) => {
    const values: Record<string, string> = {};
    for (const [name, { stack, output }] of Object.entries(sources).toSorted()) {
      const from = stackName(definition, stack);
      const value = (await known.find(from))?.outputs[output];
      if (value === undefined) problems.push(missing(definition.name, name, `${output} of stack ${from}`));
      // An issuer is a URL to AWS, and its name without the scheme to IAM.
      else values[name] = name === "oidcIssuer" ? value.replace(/^https:\/\//, "") : value;
    }
    return values;
  };
  const contract = { outputs: await read(outputs), roles: await read(roles) };
  if (problems.length > 0) throw new ProblemsError(problems);
  return contract;
}

function missing(cluster: string, fact: string, output: string): Problem {
  return {
    rule: "aws-output",
    at: { definition: clusterPath(cluster), cluster, object: factsPath(cluster) },
    what: `${fact} comes from output ${output}, which is not there`,
    fix: `npm run slipway -- aws deploy-infra ${cluster}, which deploys that stack`,
  };
}
