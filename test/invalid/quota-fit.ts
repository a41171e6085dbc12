import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a quota without room for the autoscaler's maximum",
      what: "namespace shop-dev needs 1 CPU of requests.cpu at its autoscalers' maximum, and its quota is 500m",
      fix: "raise the quota where the namespace is placed, or lower requests or the autoscalers' maximum",
      object: "ResourceQuota/shop-dev/quota spec.hard[requests.cpu]",
    },
    {
      quota: { cpu: "500m", memory: "4Gi", pods: 20 },
      render: (stage, context) => webServer(stage, context, { replicas: { min: 2, max: 10, cpu: 70 } }),
    },
  ),
];
