import { k8s } from "#synth";
import type { Stage } from "#synth";
import { certificate, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

function ingressWith(stage: Stage, annotations: Readonly<Record<string, string>>): void {
  stage.add(k8s.KubeIngress, "web", {
    metadata: {
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: "alb",
      defaultBackend: { service: { name: "web", port: { name: "http" } } },
    },
  });
}

export default [
  invalidGarden(
    {
      title: "a load balancer without a certificate",
      what: "its load balancer has no certificate, so it serves plain HTTP",
      fix: 'list the output "certificateArn" in the cluster and give it to the capability "ingress"',
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        ingressWith(stage, { scheme: "internal" });
      },
    },
  ),
  invalidGarden(
    {
      title: "a redirect from a port that is closed",
      what: "it redirects HTTP to HTTPS and listens to no HTTP: port 80 stays closed, silently",
      fix: 'set listen-ports to [{"HTTP":80},{"HTTPS":443}]',
      object: "Ingress/shop-dev/web metadata.annotations[alb.ingress.kubernetes.io/listen-ports]",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        ingressWith(stage, { "certificate-arn": certificate, "ssl-redirect": "443" });
      },
    },
  ),
  invalidGarden(
    {
      title: "plain HTTP beside HTTPS",
      what: "port 80 serves plain HTTP beside HTTPS",
      fix: "set ssl-redirect to the HTTPS port",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        const listeners = JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]);
        ingressWith(stage, { "certificate-arn": certificate, "listen-ports": listeners });
      },
    },
  ),
];
