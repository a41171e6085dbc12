import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a custom resource whose add-on the cluster does not run",
      what: "nothing that garden runs brings the CRD of ExternalSecret (external-secrets.io)",
      fix: "run chart external-secrets there (give the cluster the capability it stands for), or do not render the object",
      object: "ExternalSecret/shop-dev/database",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.addResource({
          apiVersion: "external-secrets.io/v1",
          kind: "ExternalSecret",
          metadata: { name: "database" },
          spec: { target: { name: "database" } },
        } satisfies IExternalSecret);
      },
    },
  ),
];
