import { k8s } from "#synth";
import type { Stage } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const ownAccount = [{ kind: "ServiceAccount", name: "web", namespace: "shop-dev" }];

function role(stage: Stage, rules: k8s.PolicyRule[]): void {
  stage.add(k8s.KubeRole, "keeper", { rules });
}

function binding(stage: Stage, kind: string, name: string, subjects: k8s.Subject[]): void {
  stage.add(k8s.KubeRoleBinding, "keeper", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name },
    subjects,
  });
}

const readsPods = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];

export default [
  invalidGarden(
    {
      title: "an app's role that leads to other rights",
      what: "escalate leads to rights that the role does not name",
      fix: "name the rights themselves",
      object: "Role/shop-dev/keeper",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        role(stage, [
          { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["get", "escalate"] },
        ]);
        binding(stage, "Role", "keeper", ownAccount);
      },
    },
  ),
  invalidGarden(
    {
      title: "an app's binding of a role of the cluster",
      what: "it binds the ClusterRole admin, which others write",
      fix: "bind a Role with the rights it needs, made with role(…)",
      object: "RoleBinding/shop-dev/keeper",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        binding(stage, "ClusterRole", "admin", ownAccount);
      },
    },
  ),
  invalidGarden(
    {
      title: "an app's binding for everybody",
      what: "it gives rights to Group system:authenticated",
      fix: "give them to a service account of the app",
      object: "RoleBinding/shop-dev/keeper",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        role(stage, readsPods);
        binding(stage, "Role", "keeper", [{ kind: "Group", name: "system:authenticated" }]);
      },
    },
  ),
  invalidGarden(
    {
      title: "a service account that takes a role nobody gave it",
      what: "it takes the role arn:aws:iam::123456789012:role/owner, which the cluster's facts do not give it",
      fix: "declare its permissions in the app; the role then comes from the facts",
      object: "ServiceAccount/shop-dev/thief",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeServiceAccount, "thief", {
          metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/owner" } },
        });
      },
    },
  ),
];
