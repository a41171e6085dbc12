import { k8s } from "#synth";
import { certificate, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an Ingress without a host",
      what: "its rule has no host, so it takes requests for every name",
      fix: 'give it a host such as "shop.example.com", or "*.example.com" for all names below one',
      object: "Ingress/shop-dev/web spec.rules[0].host",
    },
    {
      render: (stage, context) => {
        const { name } = webServer(stage, context);
        const backend = { service: { name, port: { name: "http" } } };
        stage.add(k8s.KubeIngress, "web", {
          metadata: { annotations: { "alb.ingress.kubernetes.io/certificate-arn": certificate } },
          spec: {
            ingressClassName: "alb",
            rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
          },
        });
      },
    },
  ),
];
