import { config, k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const fix = "take it out of git and replace it where it is used; keep it in the secret store, with secret(…)";
/** Put together here, so that no scanner takes this file for a leak. */
const accessKey = ["AKIA", "IOSFODNN7EXAMPLE"].join("");

export default [
  invalidGarden(
    {
      title: "a Secret with values",
      what: "it is a Secret with values (PASSWORD)",
      fix,
      object: "Secret/shop-dev/database stringData",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeSecret, "database", { stringData: { PASSWORD: "tulip" } });
      },
    },
  ),
  invalidGarden(
    {
      title: "an AWS access key",
      what: "it holds an AWS access key",
      fix,
      object: "ConfigMap/shop-dev/settings data.KEY_ID",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        config(stage, "settings", { KEY_ID: accessKey });
      },
    },
  ),
  invalidGarden(
    {
      title: "a connection string with its password",
      what: "it holds a connection string with its password",
      fix,
      object: "Deployment/shop-dev/web spec.template.spec.containers[0].env[0].value",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, { env: { DATABASE_URL: "postgres://shop:tulip@database:5432/shop" } }),
    },
  ),
  invalidGarden(
    { title: "a password as it is", what: "it sets DB_PASSWORD to a value", fix },
    { render: (stage, context) => webServer(stage, context, { env: { DB_PASSWORD: "tulip" } }) },
  ),
  invalidGarden(
    {
      title: "an AWS access key in base64",
      what: "it holds an AWS access key, in base64",
      fix,
      object: "ConfigMap/shop-dev/settings data.aws",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        config(stage, "settings", { aws: Buffer.from(`id: ${accessKey}`).toString("base64") });
      },
    },
  ),
  invalidGarden(
    { title: "a password that begins as a placeholder does", what: "it sets DB_PASSWORD to a value", fix },
    { render: (stage, context) => webServer(stage, context, { env: { DB_PASSWORD: "xK9dkq2" } }) },
  ),
];
