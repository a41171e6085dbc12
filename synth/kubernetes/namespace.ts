import { k8s } from "cdk8s-plus-28";
import type { NamespaceQuota, NamespaceSpec } from "../model/namespace.ts";
import type { Stage } from "../model/stage.ts";

/** A namespace with its Pod Security level, and, where it has them, its quota and its closed network. */
export function namespaceObjects(stage: Stage, spec: NamespaceSpec): void {
  const level = spec.podSecurity ?? "restricted";
  stage.add(k8s.KubeNamespace, spec.name, {
    metadata: {
      labels: {
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/enforce-version": `v${stage.context.cluster.kubernetes}`,
        "pod-security.kubernetes.io/audit": level,
        "pod-security.kubernetes.io/warn": level,
        ...(spec.loadBalanced && { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" }),
      },
      ...(spec.because !== undefined && {
        annotations: { "slipway.dev/pod-security-because": spec.because },
      }),
    },
  });
  if (spec.quota) quota(stage, spec.name, spec.quota);
  if (spec.defaultDeny ?? true) defaultDeny(stage, spec.name);
}

function quota(stage: Stage, namespace: string, bounds: NamespaceQuota): void {
  const hard = {
    "requests.cpu": bounds.cpu,
    "requests.memory": bounds.memory,
    pods: String(bounds.pods),
    persistentvolumeclaims: bounds.persistentVolumeClaims?.toString(),
    "requests.storage": bounds.storage,
    // Nothing opens itself to the outside: load balancers come from Ingresses only.
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
  stage.add(k8s.KubeResourceQuota, "quota", {
    metadata: { namespace },
    spec: {
      hard: Object.fromEntries(
        Object.entries(hard).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, k8s.Quantity.fromString(value)]],
        ),
      ),
    },
  });
}

/** No traffic in or out; each component opens the flows it declares. */
function defaultDeny(stage: Stage, namespace: string): void {
  stage.add(k8s.KubeNetworkPolicy, "default-deny", {
    metadata: { namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
}
