import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a priority class that nobody renders",
      what: "Deployment web asks for priority class high, which does not exist",
      fix: "render a PriorityClass of that name, or leave it out",
      object: "Deployment/shop-dev/web spec.template.spec.priorityClassName",
    },
    { render: (stage, context) => webServer(stage, context, { priorityClassName: "high" }) },
  ),
  invalidGarden(
    {
      title: "a chart's priority class that nobody renders",
      what: "chart of keda asks for priority class high, which does not exist",
      fix: "render a PriorityClass of that name, or leave it out",
      object: "keda values.operator.priorityClassName",
    },
    {
      addons: [
        addon("keda", {
          chart: { name: "keda", version: "2.18.0" },
          values: { operator: { priorityClassName: "high" } },
        }),
      ],
    },
  ),
];
