import { config } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a ConfigMap that is misspelt",
      what: "Deployment web reads ConfigMap web-setings, which namespace shop-dev does not have",
      fix: "did you mean web-settings? Otherwise render it in that namespace with config(…)",
      object: "Deployment/shop-dev/web spec.template.spec.containers[0].envFrom[0]",
    },
    {
      render: (stage, context) => {
        config(stage, "web-settings", { LOG_LEVEL: "info" });
        webServer(stage, context, { envFrom: [{ configMapName: "web-setings", digest: "" }] });
      },
    },
  ),
  invalidGarden(
    {
      title: "a key that the ConfigMap does not have",
      what: "Deployment web reads key LEVEL of ConfigMap web-settings, which has LOG_LEVEL",
      fix: "add LEVEL to ConfigMap web-settings in apps/shop/app.ts",
    },
    {
      render: (stage, context) => {
        const settings = config(stage, "web-settings", { LOG_LEVEL: "info" });
        webServer(stage, context, { env: { LEVEL: { config: settings, key: "LEVEL" } } });
      },
    },
  ),
];
