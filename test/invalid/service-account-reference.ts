import { role } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a pod with an account that nobody renders",
      what: "Deployment web runs as service account reader, which namespace shop-dev does not have",
      fix: "leave serviceAccount out for one of its own, or render one with serviceAccount(…)",
      object: "Deployment/shop-dev/web spec.template.spec.serviceAccountName",
    },
    { render: (stage, context) => webServer(stage, context, { serviceAccount: "reader" }) },
  ),
  invalidGarden(
    {
      title: "rights for an account that nobody renders",
      what: "it binds service account wep, which namespace shop-dev does not have",
      fix: "did you mean web? Otherwise render the account, or drop it",
      object: "RoleBinding/shop-dev/pods subjects[0]",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        role(stage, "pods", {
          serviceAccount: "wep",
          rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }],
        });
      },
    },
  ),
];
