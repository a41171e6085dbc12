import { clusterPath } from "../../../synth/model/paths.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import type { AwsTarget } from "../target.ts";

/** Something about a stack that a person has to put right. */
export function awsStackProblem(
  { cluster }: AwsTarget,
  stack: string,
  what: string,
  fix: string,
): ProblemsError {
  const at = { definition: clusterPath(cluster), cluster, object: `stack ${stack}` };
  return new ProblemsError([{ rule: "aws-stack", at, what, fix }]);
}

/** Profile and region, as a person types them. */
export function typedOptions({ profile, region }: AwsTarget): string {
  return [...(profile === undefined ? [] : [`--profile ${profile}`]), `--region ${region}`].join(" ");
}
