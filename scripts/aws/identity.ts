import * as v from "valibot";
import { clusterPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Aws } from "./aws.ts";

const identity = v.object({ Account: v.string(), Arn: v.string() });
const regions = v.object({
  Regions: v.array(v.object({ RegionName: v.string(), OptInStatus: v.optional(v.string()) })),
});

/**
 * Asks AWS whose credentials these are, and whether the account may use the region, before anything else is asked or done.
 *
 * @returns who acts, as an ARN
 * @throws ProblemsError unless they are of the cluster's account, and the region is open to it
 */
export async function checkIdentity(aws: Aws): Promise<string> {
  const { cluster, account, region, profile } = aws.target;
  const at = { definition: clusterPath(cluster), cluster };
  const [{ Account, Arn }, { Regions }] = await Promise.all([
    aws.ask(identity, ["sts", "get-caller-identity"]),
    aws.ask(regions, ["ec2", "describe-regions", "--all-regions"]),
  ]);
  if (Account !== account) {
    const whose = profile === undefined ? "the environment's credentials" : `profile ${profile}`;
    throw new ProblemsError([
      {
        rule: "aws-account",
        at,
        what: `${whose} lead to account ${Account}, and ${cluster} is in ${account}`,
        fix: `use credentials of ${account}, or correct account and profile in ${at.definition}; nothing was done`,
      },
    ]);
  }
  const found = Regions.find(({ RegionName }) => RegionName === region);
  if (found === undefined || found.OptInStatus === "not-opted-in") {
    throw new ProblemsError([
      {
        rule: "aws-region",
        at,
        what:
          found === undefined
            ? `there is no region ${region}`
            : `account ${account} has not opted in to ${region}`,
        fix: `correct the region in ${at.definition}, or enable it for the account; nothing was done`,
      },
    ]);
  }
  return Arn;
}
