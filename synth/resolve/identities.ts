import type { EksView } from "../model/cluster-view.ts";
import type { Roles } from "../model/facts.ts";
import { factsPath, inDist } from "../model/paths.ts";
import { roleArn } from "./role-names.ts";
import type { ClusterScope } from "./scope.ts";
import type { Slice } from "./slice.ts";

/** The annotation by which EKS gives a service account its role; none without one. */
export function identityOf(
  roles: Roles,
  namespace: string,
  serviceAccount: string,
): Readonly<Record<string, string>> {
  const role = roles[`${namespace}/${serviceAccount}`];
  return role === undefined ? {} : { "eks.amazonaws.com/role-arn": role };
}

function missingRoleFix(view: EksView, user: string, slice: Slice): string {
  const folder = inDist(`${view.name}/${slice.layer}/${slice.owner}`);
  return `add "${user}": "${roleArn(view, slice, user)}" to roles; npm run slipway -- explain ${folder} prints the policy it needs`;
}

/** Every service account with permissions has its role in the facts, and no role is without a user. */
export function checkRoles(scope: ClusterScope, slices: readonly Slice[]): void {
  const { view } = scope;
  if (view.provider !== "eks") return;
  const at = { definition: factsPath(view.name), cluster: view.name };
  const users = new Map(
    slices.flatMap((slice) => Object.keys(slice.permissions).map((account) => [account, slice])),
  );
  for (const [account, slice] of users) {
    if (scope.roles[account] !== undefined) continue;
    scope.problems.push({
      rule: "aws-role",
      at,
      what: `service account ${account} of ${slice.owner} has AWS permissions (${slice.definition}) and no role`,
      fix: missingRoleFix(view, account, slice),
    });
  }
  // Whose permissions are unknown because of another problem must not be told to give up its role.
  if (scope.unreleased.length > 0) return;
  const placed = slices.filter(({ kind }) => kind === "placement").length;
  if (placed < scope.cluster.placements.length) return;
  for (const account of Object.keys(scope.roles)) {
    if (users.has(account)) continue;
    scope.problems.push({
      rule: "aws-role",
      at,
      what: `role for ${account} is used by nobody`,
      fix: `remove "${account}" from roles, or declare the permissions it is for`,
    });
  }
}
