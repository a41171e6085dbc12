import { k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an object in a namespace that nobody declares",
      what: "namespace shop-develop is declared by nobody",
      fix: "declare it: in the app's namespaces, or as the namespace of the add-on",
      object: "ConfigMap/shop-develop/settings metadata.namespace",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeConfigMap, "settings", { metadata: { namespace: "shop-develop" } });
      },
    },
  ),
];
