import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "what the API server would refuse",
      what: '"not a label" is not a valid label value',
      fix: "use letters, digits, -, _ and . only, and begin and end with a letter or digit",
      object: "ServiceAccount/shop-dev/cat metadata.labels[breed]",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.addResource({
          apiVersion: "v1",
          kind: "ServiceAccount",
          metadata: { name: "cat", labels: { breed: "not a label" } },
        });
      },
    },
  ),
];
