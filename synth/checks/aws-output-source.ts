import { outputSources } from "../aws/outputs.ts";
import { stackName } from "../aws/stack.ts";
import type { AwsOutput } from "../model/facts.ts";
import { clusterProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** Each output that a cluster uses is one that its stacks have: what the facts hold can be read from there. */
export const awsOutputSource: Check = {
  id: "aws-output-source",
  *run(input) {
    for (const name of input.eks?.outputs ?? []) {
      const { stack, output } = outputSources[name];
      const outputs = input.stacks.find(({ kind }) => kind === stack)?.template.Outputs ?? {};
      if (output in outputs) continue;
      yield clusterProblem(
        awsOutputSource.id,
        input,
        `output ${name} is ${output} of the stack ${stackName(input.cluster.view, stack)}, which has none`,
        fixes[name],
      );
    }
  },
};

/** What makes a cluster have the stack that an output is of. */
const fixes: Readonly<Record<AwsOutput, string>> = {
  vpcId: "report it: every cluster on EKS has a network",
  oidcIssuer: "report it: every cluster on EKS has a control plane",
  certificateArn:
    "name the Route 53 zone of its hosts in aws.zone, or give it the capability dns, and use the certificate for its ingress",
  fileSystemId: 'use it for the capability "sharedStorage", or drop it from outputs',
  hostedZoneId: 'use it for the capability "dns", or drop it from outputs',
  webAclArn: 'use it for the capability "ingress", or drop it from outputs',
};
