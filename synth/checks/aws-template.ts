import type { AwsStack } from "../aws/stack.ts";
import type { Problem } from "../model/problem.ts";
import { fields, list } from "../objects/json-fields.ts";
import { clusterProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";

/** CloudFormation's limits, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html. */
const limits = {
  /** Of a template that is sent as it is, 51,200 with the first line that marks the file; larger ones want a bucket first. */
  bytes: 51_000,
  Resources: 500,
  Parameters: 200,
  Outputs: 200,
} as const;

/** IAM's limit for all inline policies of a role, in characters without white space. */
const policyLength = 10_240;

/** IAM's default quota of managed policies on a role. */
const managedPolicies = 10;

/** A template is one that CloudFormation takes as it is, and finds the values for. */
export const awsTemplate: Check = {
  id: "aws-template",
  *run(input) {
    for (const [index, stack] of input.stacks.entries()) {
      yield* sizeFaults(input, stack);
      yield* sourceFaults(input, stack, input.stacks.slice(0, index));
      yield* roleFaults(input, stack);
    }
  },
};

function* sizeFaults(input: RenderedCluster, { name, template, text }: AwsStack): Iterable<Problem> {
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.bytes) {
    yield clusterProblem(
      awsTemplate.id,
      input,
      `the template of ${name} has ${bytes} bytes, and CloudFormation takes ${limits.bytes}`,
      "spread what runs on the cluster over more clusters, or split the stack in synth/aws/stacks",
    );
  }
  for (const section of ["Resources", "Parameters", "Outputs"] as const) {
    const count = Object.keys(template[section] ?? {}).length;
    if (count <= limits[section]) continue;
    yield clusterProblem(
      awsTemplate.id,
      input,
      `the template of ${name} has ${count} ${section}, and CloudFormation takes ${limits[section]}`,
      "spread what runs on the cluster over more clusters, or split the stack in synth/aws/stacks",
    );
  }
}

/** Values of parameters come from outputs of stacks that are there before. */
function* sourceFaults(
  input: RenderedCluster,
  { name, template, parameters }: AwsStack,
  before: readonly AwsStack[],
): Iterable<Problem> {
  for (const parameter of Object.keys(template.Parameters ?? {})) {
    const source = parameters[parameter];
    if (source?.from !== "stack") continue;
    const outputs = before.find(({ kind }) => kind === source.stack)?.template.Outputs ?? {};
    if (source.output in outputs) continue;
    yield clusterProblem(
      awsTemplate.id,
      input,
      `the stack ${name} takes ${source.output} from the stack ${source.stack}, which comes later or has none`,
      `drop what needs it, or give the cluster what the stack ${source.stack} is for`,
    );
  }
}

function* roleFaults(input: RenderedCluster, { name, template }: AwsStack): Iterable<Problem> {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== "AWS::IAM::Role") continue;
    const { RoleName = name } = fields(Properties);
    const length = list(Properties, "Policies").reduce<number>(
      (sum, policy) => sum + JSON.stringify(fields(policy, "PolicyDocument")).length,
      0,
    );
    if (length > policyLength) {
      yield clusterProblem(
        awsTemplate.id,
        input,
        `the policy of role ${String(RoleName)} has ${length} characters, and IAM takes ${policyLength}`,
        "put several resources into one statement, or use a managed policy",
      );
    }
    const managed = list(Properties, "ManagedPolicyArns").length;
    if (managed <= managedPolicies) continue;
    yield clusterProblem(
      awsTemplate.id,
      input,
      `role ${String(RoleName)} has ${managed} managed policies, and IAM takes ${managedPolicies}`,
      "write statements with the actions it needs",
    );
  }
}
