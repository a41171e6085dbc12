import { inflated } from "./inflated.ts";

export default [
  inflated(
    {
      title: "an object of a chart without a name",
      what: "the chart renders an object without a name",
      fix: "disable it by a value of the chart, or use the chart in mode reference",
      object: "ConfigMap/settings-…",
    },
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: settings- }",
  ),
];
