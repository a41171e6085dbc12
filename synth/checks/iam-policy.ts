import type { Permissions, PermissionStatement } from "../model/permission.ts";
import type { Problem } from "../model/problem.ts";
import type { Slice } from "../resolve/slice.ts";
import type { Check, RenderedCluster } from "./check.ts";

/** AWS permissions are written out, and what cannot be bound to a resource says why. */
export const iamPolicy: Check = {
  id: "iam-policy",
  *run(input) {
    for (const { slice } of input.slices) {
      for (const [account, permissions] of Object.entries(slice.permissions)) {
        const report = (what: string, fix: string): Problem => problem(input, slice, account, what, fix);
        for (const statement of permissions.statements ?? []) yield* statementFaults(statement, report);
        yield* managedFaults(permissions, report);
      }
    }
  },
};

type Reporting = (what: string, fix: string) => Problem;

function* statementFaults(
  { actions, resources, because = "" }: PermissionStatement,
  report: Reporting,
): Iterable<Problem> {
  for (const action of actions.filter((each) => each.includes("*"))) {
    yield report(`action ${action} has a wildcard`, "list the actions it needs");
  }
  if (resources.length === 0) yield report(`${actions.join(", ")} name no resource`, "list the ARNs");
  if (resources.includes("*") && because.trim() === "") {
    yield report(
      `${actions.join(", ")} are allowed on every resource`,
      'list the ARNs, or, where AWS cannot scope the action, say in "because" what bounds it instead',
    );
  }
}

function* managedFaults({ managedPolicies = [] }: Permissions, report: Reporting): Iterable<Problem> {
  for (const policy of managedPolicies) {
    if (!/(?:FullAccess|AdministratorAccess|PowerUserAccess)/.test(policy)) continue;
    yield report(
      `managed policy ${policy.slice(policy.lastIndexOf("/") + 1)} allows far more than a service account needs`,
      "write statements with the actions it needs",
    );
  }
}

function problem(input: RenderedCluster, slice: Slice, account: string, what: string, fix: string): Problem {
  return {
    rule: iamPolicy.id,
    at: {
      definition: slice.definition,
      cluster: input.cluster.view.name,
      object: `ServiceAccount/${account}`,
    },
    what,
    fix,
  };
}
