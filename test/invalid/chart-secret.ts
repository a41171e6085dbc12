import { inflated } from "./inflated.ts";

export default [
  inflated(
    {
      title: "a Secret that a chart fills",
      what: "the chart renders a Secret with its values",
      fix: "give the chart an existing Secret by value, and make that one with secret(…) where the add-on renders",
      object: "Secret/keda/login",
    },
    "apiVersion: v1\nkind: Secret\nmetadata: { name: login }\nstringData: { user: admin }",
  ),
];
