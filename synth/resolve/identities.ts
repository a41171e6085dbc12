import type { Roles } from "../model/facts.ts";
import { factsPath } from "../model/paths.ts";
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

/** Every service account with permissions has its role in the facts, and no role is without a user. */
export function checkRoles(scope: ClusterScope, slices: readonly Slice[]): void {
  if (scope.view.provider !== "eks") return;
  const at = { definition: factsPath(scope.view.name), cluster: scope.view.name };
  const users = new Map(
    slices.flatMap((slice) => Object.keys(slice.permissions).map((account) => [account, slice])),
  );
  for (const [account, slice] of users) {
    if (scope.roles[account] !== undefined) continue;
    scope.problems.push({
      rule: "aws-role",
      at,
      what: `service account ${account} of ${slice.owner} has AWS permissions (${slice.definition}) and no role`,
      fix: `add "${account}" to roles`,
    });
  }
  // Whose permissions are unknown because of another problem must not be told to give up its role.
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
