import { k8s } from "#synth";
import { certificate, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a Service that forwards to no port of its pods",
      what: "it forwards to port https, which Deployment web does not have",
      fix: "did you mean http? Otherwise use one of: http",
      object: "Service/shop-dev/web-tls spec.ports[0].targetPort",
    },
    {
      render: (stage, context) => {
        const { selector } = webServer(stage, context);
        stage.add(k8s.KubeService, "web-tls", {
          spec: {
            selector: { ...selector },
            ports: [{ name: "https", port: 443, targetPort: k8s.IntOrString.fromString("https") }],
          },
        });
      },
    },
  ),
  invalidGarden(
    {
      title: "an Ingress that routes to no port of its Service",
      what: "it routes to port 8081 of Service web, which has http",
      fix: "use a port that the Service offers",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeIngress, "web", {
          metadata: { annotations: { "alb.ingress.kubernetes.io/certificate-arn": certificate } },
          spec: {
            ingressClassName: "alb",
            defaultBackend: { service: { name: "web", port: { number: 8081 } } },
          },
        });
      },
    },
  ),
];
