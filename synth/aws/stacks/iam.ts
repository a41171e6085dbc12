import type { Permissions } from "../../model/permission.ts";
import { roleName, shortRoleName } from "../../resolve/role-names.ts";
import { statementsOf } from "../iam/statements.ts";
import { outputTokens } from "../iam/tokens.ts";
import type { OutputToken } from "../iam/tokens.ts";
import { trustServiceAccount } from "../iam/trust.ts";
import { getAtt, ref } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import { fromStack, parameters } from "../parameters.ts";
import { trustPodIdentity } from "../pod-identity.ts";
import type { RoleUser } from "../pod-identity.ts";
import { policyDocument } from "../policy.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resource, Resources } from "../template.ts";

/** A role as the stack makes it. */
interface Role {
  /** Its name in the template, without what its resources and outputs add. */
  readonly id: string;
  readonly name: string;
  readonly user: RoleUser;
  readonly permissions: Permissions;
}

/** One role for each service account with AWS permissions, which that account alone can take. */
export function iam(input: StackInput): StackContent | undefined {
  const { view } = input;
  const roles = rolesOf(input);
  if (roles.length === 0) return undefined;
  const tokens = outputTokens(view).filter(({ value }) =>
    roles.some(({ permissions }) => JSON.stringify(permissions).includes(value)),
  );
  const { declared, sources } = parameters({
    ...(roles.some(isAnnotated) && { OidcIssuer: fromStack.OidcIssuer }),
    ...(!roles.every(isAnnotated) && { ClusterName: fromStack.ClusterName }),
    ...Object.fromEntries(tokens.map(({ name, parameter }) => [name, parameter])),
  });
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Roles of service accounts of ${view.name}`,
      Parameters: declared,
      Resources: {
        ...each(
          roles,
          ({ id }) => `${id}Role`,
          (role) => roleResource(input, role, tokens),
        ),
        ...associations(roles.filter((role) => !isAnnotated(role))),
      },
      Outputs: each(
        roles,
        ({ id }) => `${id}RoleArn`,
        ({ id, user }) => ({
          Description: `Role of ${user.namespace}/${user.serviceAccount}`,
          Value: getAtt(`${id}Role`, "Arn"),
        }),
      ),
    },
    parameters: sources,
    capabilities: ["CAPABILITY_NAMED_IAM"],
    roles: Object.fromEntries(
      roles.map(({ id, user }) => [`${user.namespace}/${user.serviceAccount}`, `${id}RoleArn`]),
    ),
  };
}

function rolesOf({ view, cluster }: StackInput): readonly Role[] {
  return cluster.order
    .flatMap((slice) =>
      Object.entries(slice.permissions).map(([user, permissions]) => {
        const [namespace = "", serviceAccount = ""] = user.split("/");
        return {
          id: logicalId(shortRoleName(slice, user)),
          name: roleName(view.name, slice, user),
          user: { namespace, serviceAccount },
          permissions,
        };
      }),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function isAnnotated({ permissions }: Role): boolean {
  return permissions.through !== "pod-identity";
}

function roleResource({ view }: StackInput, role: Role, tokens: readonly OutputToken[]): Resource {
  const { statements = [], managedPolicies = [] } = role.permissions;
  return resource("AWS::IAM::Role", {
    RoleName: role.name,
    Description: `What ${role.user.namespace}/${role.user.serviceAccount} of the cluster ${view.name} may do`,
    AssumeRolePolicyDocument: isAnnotated(role)
      ? trustServiceAccount(view, role.user)
      : trustPodIdentity(view, role.user),
    ...(managedPolicies.length > 0 && { ManagedPolicyArns: managedPolicies }),
    ...(statements.length > 0 && {
      Policies: [
        { PolicyName: "permissions", PolicyDocument: policyDocument(statementsOf(statements, tokens)) },
      ],
    }),
  });
}

/** What gives a role to an account whose chart takes no annotation. */
function associations(roles: readonly Role[]): Resources {
  return each(
    roles,
    ({ id }) => `${id}Association`,
    ({ id, user }) =>
      resource("AWS::EKS::PodIdentityAssociation", {
        ClusterName: ref("ClusterName"),
        Namespace: user.namespace,
        ServiceAccount: user.serviceAccount,
        RoleArn: getAtt(`${id}Role`, "Arn"),
      }),
  );
}
