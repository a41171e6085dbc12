import { k8s } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "an Ingress of a class that nobody serves",
      what: "it is of class nginx, which garden does not have",
      fix: "use alb, which httpIngress(…) does by itself",
      object: "Ingress/shop-dev/web spec.ingressClassName",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeIngress, "web", {
          spec: {
            ingressClassName: "nginx",
            defaultBackend: { service: { name: "web", port: { name: "http" } } },
          },
        });
      },
    },
  ),
];
