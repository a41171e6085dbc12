import { list, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import type { IngressPorts } from "./configure.ts";
import { ingressUrl } from "./ingress.ts";

const namespace = "argocd";
/** Of the Argo CD chart, and of platform/argo-cd-ui.ts. */
const service = { apiVersion: "v1", kind: "Service", namespace, name: "argocd-server" };
const ingress = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", namespace, name: "argocd-server" };

/**
 * Where Argo CD's UI is, and how to get its password; nothing where there is no Argo CD. The password itself is not
 * printed: what a terminal shows lands in logs and recordings.
 */
export async function argoCdUi(
  client: KubernetesClient,
  kubeconfig: string,
  ports: IngressPorts,
): Promise<readonly string[]> {
  if ((await client.get(service)) === undefined) return [];
  const kubectl = `kubectl --kubeconfig ${kubeconfig} --namespace ${namespace}`;
  const host = text(list(await client.get(ingress), "spec", "rules")[0], "host");
  return [
    host === undefined
      ? `Argo CD's UI: http://localhost:8080 while this runs: ${kubectl} port-forward service/argocd-server 8080:80`
      : `Argo CD's UI: ${ingressUrl(host, ports)}`,
    `its user is admin, and its password: ${kubectl} get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d`,
  ];
}
