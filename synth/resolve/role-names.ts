import type { EksView } from "../model/cluster-view.ts";
import type { RoleArn } from "../model/names.ts";
import { digestOf } from "../objects/digest.ts";
import type { Slice } from "./slice.ts";

/** IAM's limit for the name of a role, in characters. */
const longestRoleName = 64;

/**
 * What a service account's role is called in its cluster: after the account of an add-on, after placement and account of an
 * app, since apps call their accounts alike.
 *
 * @param user `<namespace>/<service account>`
 */
export function shortRoleName({ kind, owner, placement }: RoleOwner, user: string): string {
  const account = user.slice(user.indexOf("/") + 1);
  if (kind !== "placement") return account;
  return account === placement?.app ? owner : `${owner}-${account}`;
}

/** Name of the role in its account: `<cluster>-<short name>`; a longer one is cut, with a digest that keeps it apart. */
export function roleName(cluster: string, owner: RoleOwner, user: string): string {
  const name = `${cluster}-${shortRoleName(owner, user)}`;
  if (name.length <= longestRoleName) return name;
  const digest = digestOf(name);
  return `${name.slice(0, longestRoleName - digest.length - 1).replace(/-+$/, "")}-${digest}`;
}

/** ARN of the role that the stacks of a cluster make for a service account. */
export function roleArn(
  { account, name }: Pick<EksView, "account" | "name">,
  owner: RoleOwner,
  user: string,
): RoleArn {
  return `arn:aws:iam::${account}:role/${roleName(name, owner, user)}`;
}

type RoleOwner = Pick<Slice, "kind" | "owner" | "placement">;
