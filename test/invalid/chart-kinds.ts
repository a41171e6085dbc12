import { inflated } from "./inflated.ts";

export default [
  inflated(
    {
      title: "an object that the chart was not said to create",
      what: "the chart creates a Service, which keda does not declare",
      fix: 'if it is meant to, add "/Service" to kinds.namespaced',
      object: "Service/keda/side-door",
    },
    "apiVersion: v1\nkind: Service\nmetadata: { name: side-door }\nspec: { type: ExternalName, externalName: example.com }",
  ),
];
