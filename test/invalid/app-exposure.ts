import { k8s } from "#synth";
import type { Stage } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

function sideDoor(stage: Stage, spec: k8s.ServiceSpec): void {
  const selector = { "app.kubernetes.io/name": "web" };
  stage.add(k8s.KubeService, "side-door", {
    spec: {
      selector,
      ports: [{ port: 80, targetPort: k8s.IntOrString.fromString("http") }],
      ...spec,
    },
  });
}

export default [
  invalidGarden(
    {
      title: "an app's Service with a load balancer of its own",
      what: "a Service of type LoadBalancer opens a way of its own, past the ingress and its policies",
      fix: "leave it a ClusterIP, and route to it with httpIngress(…)",
      object: "Service/shop-dev/side-door",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        sideDoor(stage, { type: "LoadBalancer" });
      },
    },
  ),
  invalidGarden(
    {
      title: "an app's Service on addresses of others",
      what: "externalIPs take over addresses of others",
      fix: "route to it with httpIngress(…)",
      object: "Service/shop-dev/side-door",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        sideDoor(stage, { externalIPs: ["192.0.2.1"] });
      },
    },
  ),
];
