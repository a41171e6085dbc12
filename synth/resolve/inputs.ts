import * as v from "valibot";
import type { AwsOutput, AwsOutputs, OutputsOf, Roles } from "../model/facts.ts";
import { factsPath } from "../model/paths.ts";
import type { Release, Subject } from "../model/release.ts";
import type { Dist } from "../release/slice-files.ts";
import { jsonExample, parseJson, pattern } from "./input-json.ts";
import type { Outcome } from "./input-json.ts";

/** The committed JSON that definitions do not hold themselves, as text, so that reading it is part of what is checked. */
export interface Inputs {
  /** Text of clusters/facts/<cluster>.json by cluster. */
  readonly facts: ReadonlyMap<string, string>;
  /** Text of apps/<app>/releases/<environment>.json by `<app>/<environment>`. */
  readonly releases: ReadonlyMap<string, string>;
  /** Text of platform/releases/<group>/<add-on>.json by `<group>/<add-on>`. Absent where there is none. */
  readonly addonReleases?: ReadonlyMap<string, string>;
  /** What dist holds: frozen slices are taken from it. Absent where nothing is rendered. */
  readonly dist?: Dist;
  /** What is rendered from its definition although it is frozen: how a promotion gets the next slice. Default: nothing. */
  readonly thaw?: Thaw;
  /** Renders what is frozen as its definition has it now, with the images of its release: to explain it. Default: false. */
  readonly followMain?: boolean;
  /** What Helm printed for each chart in mode inflate, by the key of its request. Absent where there is none. */
  readonly charts?: ReadonlyMap<string, string>;
}

/** What is released, as if it followed main. */
export interface Thaw {
  readonly subject: Subject;
  /** Images in place of the release's; of an add-on none. */
  readonly images: Release["images"];
}

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

/** @param wanted outputs that the cluster uses */
export function parseFacts(
  cluster: string,
  text: string | undefined,
  wanted: readonly AwsOutput[],
): Outcome<Facts> {
  const start = jsonExample([
    ...wanted.map((name) => [name, JSON.stringify(beginnings[name])] as const),
    ["roles", "{}"],
  ]);
  const parsed = parseJson(factsSchema, factsPath(cluster), text, start);
  if ("problems" in parsed) return parsed;
  const { roles, ...outputs } = parsed.value;
  return { value: { outputs, roles } };
}

/** Whether the facts hold every output the cluster's definition listed. */
export function hasOutputs<O extends AwsOutput>(
  outputs: Partial<AwsOutputs>,
  names: readonly O[],
): outputs is Partial<AwsOutputs> & OutputsOf<O> {
  return names.every((name) => outputs[name] !== undefined);
}
