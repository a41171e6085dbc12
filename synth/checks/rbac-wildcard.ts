import { list, strings, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Every right is written out. */
export const rbacWildcard: Check = {
  id: "rbac-wildcard",
  *run(input) {
    const index = indexOf(input);
    for (const kind of ["Role", "ClusterRole"] as const) {
      for (const role of index.all(`rbac.authorization.k8s.io/${kind}`).filter((each) => index.isOwn(each))) {
        for (const [position, rule] of list(role.object, "rules").entries()) {
          for (const part of ["apiGroups", "resources", "verbs", "nonResourceURLs"]) {
            if (!strings(rule, part).some((entry) => entry.includes("*"))) continue;
            yield objectProblem(
              rbacWildcard.id,
              input,
              role,
              `it allows ${strings(rule, part).join(", ")} in ${part}: what Kubernetes adds later is allowed, too`,
              "list what it needs",
              `rules[${position}].${part}`,
            );
          }
        }
      }
    }
    for (const kind of ["RoleBinding", "ClusterRoleBinding"] as const) {
      for (const binding of index.all(`rbac.authorization.k8s.io/${kind}`)) {
        if (!index.isOwn(binding) || text(binding.object, "roleRef", "name") !== "cluster-admin") continue;
        yield objectProblem(
          rbacWildcard.id,
          input,
          binding,
          "it binds cluster-admin, which may do everything",
          "bind a role with the rights it needs, made with role(…)",
          "roleRef",
        );
      }
    }
  },
};
