import { k8s, role } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a right on everything of a group",
      what: "it allows * in resources: what Kubernetes adds later is allowed, too",
      fix: "list what it needs",
      object: "Role/shop-dev/web rules[0].resources",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        role(stage, "web", {
          serviceAccount: "web",
          rules: [{ apiGroups: ["batch"], resources: ["*"], verbs: ["get"] }],
        });
      },
    },
  ),
  invalidGarden(
    {
      title: "the right to do everything",
      what: "it binds cluster-admin, which may do everything",
      fix: "bind a role with the rights it needs, made with role(…)",
      object: "RoleBinding/shop-dev/web roleRef",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeRoleBinding, "web", {
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
          subjects: [{ kind: "ServiceAccount", name: "web", namespace: "shop-dev" }],
        });
      },
    },
  ),
];
