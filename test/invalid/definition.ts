import { addon, webServer } from "./garden.ts";
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
  invalidGarden(
    {
      title: "a queue that nothing on the cluster looks at",
      what: "Deployment web scales on a queue, which nothing on garden looks at",
      fix: 'give the cluster the capability "eventScaling", or let it scale on CPU',
    },
    {
      render: (stage, context) => {
        const queue = {
          scaler: "postgresql",
          metadata: { query: "SELECT count(*) FROM job", targetQueryValue: "2" },
          secret: { parameter: "connection", from: { secretName: "database" }, key: "url" },
        };
        webServer(stage, context, { replicas: { min: 1, max: 2, queue } });
      },
    },
  ),
  invalidGarden(
    {
      title: "a probe without its port",
      what: "it cannot be written: Error: can't render non-simple object of type 'IntOrString'",
      fix: "correct it; npm run test:types says more",
      object: "Deployment/shop-dev/web",
    },
    {
      // What types refuse: JSON has none.
      render: (stage, context) =>
        webServer(stage, context, { probes: { readiness: JSON.parse('{ "http": "/ready" }') } }),
    },
  ),
  invalidGarden(
    {
      title: "a number that is none",
      what: "it cannot be written: NaN is not a JSON number",
      fix: "correct it; npm run test:types says more",
      object: "Deployment/shop-dev/web",
    },
    { render: (stage, context) => webServer(stage, context, { replicas: Number.NaN }) },
  ),
  invalidGarden(
    {
      title: "a chart value that is lost on the way",
      what: "chart value rain.perDay is null, which both reconcilers lose on the way to the chart",
      fix: 'leave it out, or write the empty value that the chart takes, such as "" or {}',
      object: "weather",
    },
    {
      addons: [
        addon("weather", {
          chart: { name: "weather", version: "1.0.0" },
          values: { rain: { perDay: null } },
        }),
      ],
    },
  ),
  invalidGarden(
    {
      title: "a chart value that is no number",
      what: "chart value hours[1] is NaN, which is not JSON",
      fix: "write a string, a number or a boolean",
      object: "weather",
    },
    {
      addons: [
        addon("weather", {
          chart: { name: "weather", version: "1.0.0" },
          values: { hours: [1, Number.NaN] },
        }),
      ],
    },
  ),
];
