import type { Permissions, PermissionStatement } from "../model/permission.ts";
import type { Problem } from "../model/problem.ts";
import { sliceProblem } from "./check.ts";
import type { Check, Complain } from "./check.ts";

/** AWS permissions are written out, and what cannot be bound to a resource says why. */
export const iamPolicy: Check = {
  id: "iam-policy",
  *run(input) {
    for (const { slice } of input.slices) {
      for (const [account, permissions] of Object.entries(slice.permissions)) {
        const complain: Complain = (what, fix) =>
          sliceProblem(iamPolicy.id, input, slice, what, fix, `ServiceAccount/${account}`);
        for (const statement of permissions.statements ?? []) yield* statementFaults(statement, complain);
        yield* managedFaults(permissions, complain);
      }
    }
  },
};

function* statementFaults(
  { actions, resources, because = "" }: PermissionStatement,
  complain: Complain,
): Iterable<Problem> {
  for (const action of actions.filter((each) => each.includes("*"))) {
    yield complain(`action ${action} has a wildcard`, "list the actions it needs");
  }
  if (resources.length === 0) yield complain(`${actions.join(", ")} name no resource`, "list the ARNs");
  if (resources.includes("*") && because.trim() === "") {
    yield complain(
      `${actions.join(", ")} are allowed on every resource`,
      'list the ARNs, or, where AWS cannot scope the action, say in "because" what bounds it instead',
    );
  }
}

function* managedFaults({ managedPolicies = [] }: Permissions, complain: Complain): Iterable<Problem> {
  for (const policy of managedPolicies) {
    if (!/(?:FullAccess|AdministratorAccess|PowerUserAccess)/.test(policy)) continue;
    yield complain(
      `managed policy ${policy.slice(policy.lastIndexOf("/") + 1)} allows far more than a service account needs`,
      "write statements with the actions it needs",
    );
  }
}
