import { defineAddon, httpIngress } from "#synth";
import { argoCdNamespace } from "./argo-cd.ts";
import { argoCdHost, hasArgoCdHost } from "./argocd/host.ts";
import { chartPods } from "./chart-pods.ts";

const server = chartPods("argocd-server", {
  namespace: argoCdNamespace.name,
  selector: { "app.kubernetes.io/name": "argocd-server" },
  ports: { http: 8080 },
});

/** Apart from Argo CD itself, which would otherwise wait for the ingress controller that it has yet to install. */
export const argoCdUi = defineAddon({
  name: "argo-cd-ui",
  description: "Way to Argo CD's web UI through the cluster's ingress",
  layer: "configuration",
  wanted: ({ reconciler, capabilities }) => reconciler === "argocd" && hasArgoCdHost(capabilities),
  needs: ["ingress"],
  dependsOn: ["argo-cd"],
  namespace: argoCdNamespace,
  render: (stage, { cluster, capabilities }) => {
    const host = argoCdHost(cluster.name, capabilities);
    if (host === undefined) return;
    httpIngress(stage, "argocd-server", {
      host,
      routes: { "/": server.port("http") },
      healthPath: "/healthz",
      idleTimeoutSeconds: 300,
    });
  },
});
