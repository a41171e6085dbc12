import type { AwsOutput } from "../model/facts.ts";
import type { AwsStack, StackKind } from "./stack.ts";

/** An output of one of a cluster's stacks. */
export interface StackOutput {
  readonly stack: StackKind;
  readonly output: string;
}

/** Which output of which stack each fact comes from: exactly one, or this does not compile. */
export const outputSources: Readonly<Record<AwsOutput, StackOutput>> = {
  vpcId: { stack: "network", output: "VpcId" },
  oidcIssuer: { stack: "eks", output: "OidcIssuer" },
  certificateArn: { stack: "cert", output: "CertificateArn" },
  fileSystemId: { stack: "storage", output: "FileSystemId" },
  hostedZoneId: { stack: "zone", output: "HostedZoneId" },
  webAclArn: { stack: "waf", output: "WebAclArn" },
};

function isAwsOutput(name: string): name is AwsOutput {
  return name in outputSources;
}

export const awsOutputNames: readonly AwsOutput[] = Object.keys(outputSources).filter(isAwsOutput);

/** What a cluster's facts are read from once its stacks are there. */
export interface FactSources {
  /** By name of the output in the facts. */
  readonly outputs: Readonly<Partial<Record<AwsOutput, StackOutput>>>;
  /** By `<namespace>/<service account>`. */
  readonly roles: Readonly<Record<string, StackOutput>>;
}

/**
 * Where each fact of a cluster comes from.
 *
 * @param wanted outputs that its definition lists
 */
export function factSources(wanted: readonly AwsOutput[], stacks: readonly AwsStack[]): FactSources {
  return {
    outputs: Object.fromEntries(wanted.map((name) => [name, outputSources[name]])),
    roles: Object.fromEntries(
      stacks.flatMap(({ kind: stack, roles }) =>
        Object.entries(roles).map(([user, output]) => [user, { stack, output }] as const),
      ),
    ),
  };
}
