import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "what a definition says of its own parameters",
      what: "the shop is closed",
      fix: "open it",
      object: "shop-dev",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        context.report("the shop is closed", "open it");
      },
    },
  ),
  invalidGarden(
    {
      title: "a node group that the cluster does not have",
      what: "node group gpu does not exist on garden",
      fix: "use one of: workers",
    },
    { render: (stage, context) => webServer(stage, context, { nodeGroup: "gpu" }) },
  ),
];
