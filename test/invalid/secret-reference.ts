import { secret } from "#synth";
import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const externalSecrets = addon("external-secrets", {
  chart: { name: "external-secrets", version: "1.0.0" },
});
const capabilities = { secretStore: { backend: "generated" } } as const;

export default [
  invalidGarden(
    {
      title: "a Secret that nothing makes",
      what: "Deployment web reads Secret database, which nothing makes in namespace shop-dev",
      fix: "declare it in that namespace with secret(…)",
      object: "Deployment/shop-dev/web spec.template.spec.containers[0].envFrom[0]",
    },
    { render: (stage, context) => webServer(stage, context, { envFrom: [{ secretName: "database" }] }) },
  ),
  invalidGarden(
    {
      title: "a key that its ExternalSecret does not fetch",
      what: "Deployment web reads key PASSWORT of Secret database, which has USER, PASSWORD",
      fix: "did you mean PASSWORD? Otherwise add PASSWORT to ExternalSecret database in apps/shop/app.ts",
    },
    {
      capabilities,
      addons: [externalSecrets],
      render: (stage, context) => {
        const database = secret(stage, "database", { keys: ["USER", "PASSWORD"] });
        webServer(stage, context, { env: { PGPASSWORD: { secret: database, key: "PASSWORT" } } });
      },
    },
  ),
  invalidGarden(
    {
      title: "a key that an autoscaler signs in with and nobody fetches",
      what: "TriggerAuthentication web reads key uri of Secret database, which has url",
      fix: "did you mean url? Otherwise add uri to ExternalSecret database in apps/shop/app.ts",
      object: "TriggerAuthentication/shop-dev/web spec.secretTargetRef[0]",
    },
    {
      capabilities: { ...capabilities, eventScaling: { provider: "keda" } },
      addons: [externalSecrets, addon("keda", { chart: { name: "keda", version: "1.0.0" } })],
      render: (stage, context) => {
        const database = secret(stage, "database", { keys: ["url"] });
        const queue = {
          scaler: "postgresql",
          metadata: { query: "SELECT count(*) FROM job", targetQueryValue: "2" },
          secret: { parameter: "connection", from: database, key: "uri" },
        };
        webServer(stage, context, { replicas: { min: 1, max: 2, queue } });
      },
    },
  ),
  invalidGarden(
    {
      title: "a secret store that nobody renders",
      what: "it reads from secret store aws-secrets-manager, which does not exist",
      fix: "let an add-on render the store, under the name that the capability has",
      object: "ExternalSecret/shop-dev/database spec.secretStoreRef",
    },
    {
      capabilities: { secretStore: { backend: "secrets-manager" } },
      addons: [externalSecrets],
      render: (stage, context) => {
        webServer(stage, context, { envFrom: [secret(stage, "database", { keys: ["PASSWORD"] })] });
      },
    },
  ),
  invalidGarden(
    {
      title: "a chart's existing Secret that does not exist",
      what: "chart datadog reads Secret datadog-keys, which nothing makes in namespace datadog",
      fix: "declare it in that namespace with secret(…)",
      object: "datadog values.datadog.apiKeyExistingSecret",
    },
    {
      addons: [
        addon("datadog", {
          chart: { name: "datadog", version: "3.0.0" },
          values: { datadog: { apiKeyExistingSecret: "datadog-keys" } },
        }),
      ],
    },
  ),
];
