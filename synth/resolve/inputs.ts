import * as v from "valibot";
import type { AwsOutput, AwsOutputs, OutputsOf, Roles } from "../model/facts.ts";
import type { Environment } from "../model/names.ts";
import { factsPath, releasePath } from "../model/paths.ts";
import type { Release } from "../model/release.ts";
import { parseJson } from "./input-json.ts";
import type { Outcome } from "./input-json.ts";

/** The committed JSON that definitions do not hold themselves, as text, so that reading it is part of what is checked. */
export interface Inputs {
  /** Text of clusters/facts/<cluster>.json by cluster. */
  readonly facts: ReadonlyMap<string, string>;
  /** Text of apps/<app>/releases/<environment>.json by `<app>/<environment>`. */
  readonly releases: ReadonlyMap<string, string>;
  /** What Helm printed for each chart in mode inflate, by the key of its request. Absent where there is none. */
  readonly charts?: ReadonlyMap<string, string>;
}

const pattern = <T extends string>(regex: RegExp, shape: string) =>
  v.custom<T>((value) => typeof value === "string" && regex.test(value), `is not ${shape}`);

const roleArn = pattern<Roles[string]>(
  /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
  "the ARN of an IAM role",
);

/** One that a cluster may do without. */
const output = <T extends string>(regex: RegExp, shape: string) => v.exactOptional(pattern<T>(regex, shape));

const outputs = {
  vpcId: output<AwsOutputs["vpcId"]>(/^vpc-[0-9a-f]{8,17}$/, "a VPC id (vpc-…)"),
  oidcIssuer: output<AwsOutputs["oidcIssuer"]>(
    /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com\/id\/[A-Za-z0-9]+$/,
    "an OIDC issuer (oidc.eks.<region>.amazonaws.com/id/…)",
  ),
  certificateArn: output<AwsOutputs["certificateArn"]>(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
    "the ARN of an ACM certificate",
  ),
  fileSystemId: output<AwsOutputs["fileSystemId"]>(/^fs-[0-9a-f]{8,17}$/, "an EFS file system id (fs-…)"),
  hostedZoneId: output<AwsOutputs["hostedZoneId"]>(/^Z[A-Z0-9]{5,32}$/, "a Route 53 zone id (Z…)"),
  webAclArn: output<AwsOutputs["webAclArn"]>(
    /^arn:aws:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/,
    "the ARN of a regional web ACL",
  ),
} satisfies { [O in AwsOutput]: v.ExactOptionalSchema<v.GenericSchema<unknown, AwsOutputs[O]>, undefined> };

const factsSchema = v.strictObject({
  ...outputs,
  roles: v.record(v.string(), roleArn),
});

const releaseSchema: v.GenericSchema<unknown, Release> = v.strictObject({
  images: v.record(
    v.string(),
    pattern<Release["images"][string]>(
      /^(sha256:[0-9a-f]{64}|(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}|local)$/,
      'a digest (sha256:…), a version tag of an immutable repository (1.2.3), or "local"',
    ),
  ),
});

interface Facts {
  readonly outputs: Partial<AwsOutputs>;
  readonly roles: Roles;
}

/** How the value of each output begins. */
const beginnings: Readonly<Record<AwsOutput, string>> = {
  vpcId: "vpc-…",
  oidcIssuer: "oidc.eks.<region>.amazonaws.com/id/…",
  certificateArn: "arn:aws:acm:…",
  fileSystemId: "fs-…",
  hostedZoneId: "Z…",
  webAclArn: "arn:aws:wafv2:…",
};

/** Content to start a file from, on one line. */
function example(members: readonly (readonly [name: string, json: string])[]): string {
  return members.length === 0
    ? "{}"
    : `{ ${members.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")} }`;
}

/** @param wanted outputs that the cluster uses */
export function parseFacts(
  cluster: string,
  text: string | undefined,
  wanted: readonly AwsOutput[],
): Outcome<Facts> {
  const start = example([
    ...wanted.map((name) => [name, JSON.stringify(beginnings[name])] as const),
    ["roles", "{}"],
  ]);
  const parsed = parseJson(factsSchema, factsPath(cluster), text, start);
  if ("problems" in parsed) return parsed;
  const { roles, ...outputs } = parsed.value;
  return { value: { outputs, roles } };
}

/** @param images names of the app's images, for the message where there is no file */
export function parseRelease(
  app: string,
  environment: Environment,
  text: string | undefined,
  images: readonly string[] = [],
): Outcome<Release> {
  const pins = example(images.map((name) => [name, '"1.2.3"']));
  return parseJson(releaseSchema, releasePath(app, environment), text, example([["images", pins]]));
}

/** Whether the facts hold every output the cluster's definition listed. */
export function hasOutputs<O extends AwsOutput>(
  outputs: Partial<AwsOutputs>,
  names: readonly O[],
): outputs is Partial<AwsOutputs> & OutputsOf<O> {
  return names.every((name) => outputs[name] !== undefined);
}
