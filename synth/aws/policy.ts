import type { Intrinsic } from "./intrinsic.ts";

type Text = string | Intrinsic;

/** One statement of an IAM policy, as a template holds it. */
export interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly Text[];
  readonly Principal?: "*" | Readonly<Record<string, Text>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Text | readonly Text[]>>>>;
}

export function policyDocument(statements: readonly PolicyStatement[]) {
  return { Version: "2012-10-17", Statement: statements };
}

/** Trust in a service of AWS, to act as a role of ours. */
export function trustService(service: string, conditions?: PolicyStatement["Condition"]) {
  return policyDocument([
    {
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Principal: { Service: service },
      ...(conditions && { Condition: conditions }),
    },
  ]);
}
