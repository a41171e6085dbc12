import { config } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an object that stands twice",
      what: "shop-dev renders it twice",
      fix: "let one of them own it, or give one a name of its own",
      object: "ConfigMap/shop-dev/settings",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        config(stage, "settings", { LOG_LEVEL: "info" });
        config(stage, "settings", { LOG_LEVEL: "debug" });
      },
    },
  ),
];
