import { webServer, workers } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an autoscaler's maximum that the nodes cannot take",
      what: "8 of 20 pods of Deployment web (0.5 CPU, 128Mi each) find no room on 4 × m7i.large (workers), with everything at its maximum",
      fix: "raise max of a node group in clusters/garden.ts, or lower requests or replicas",
      object: "Deployment/shop-dev/web",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, {
          replicas: { min: 2, max: 20, cpu: 70 },
          resources: { cpu: { request: "500m" }, memory: { request: "128Mi", limit: "256Mi" } },
        }),
    },
  ),
  invalidGarden(
    {
      title: "a pod larger than any node",
      what: "a pod of Deployment web asks for 2 CPU and 128Mi, more than any node can give: workers (m7i.large) has 1.53 CPU, 6.2Gi",
      fix: "choose a node group of larger instances, or ask for less",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, {
          resources: { cpu: { request: "2" }, memory: { request: "128Mi", limit: "256Mi" } },
        }),
    },
  ),
  invalidGarden(
    {
      title: "a pod that every node group keeps out",
      what: "no node group takes pods of Deployment web: their node selector or the groups' taints keep them out",
      fix: "set nodeGroup to one of clusters/garden.ts: workers",
    },
    {
      nodeGroups: [{ ...workers, taints: [{ key: "for", value: "databases", effect: "NoSchedule" }] }],
    },
  ),
];
