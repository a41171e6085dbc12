import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { ownershipMark } from "../../synth/layout/file-spec.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";

/** As many objects as the generated fleet has, about as large, without a model, a construct or a check. */
export function floorFiles(
  clusters: number,
  apps: number,
  toYaml: (value: Json) => string,
): readonly FileSpec[] {
  return Array.from({ length: clusters }, (_, cluster) =>
    Array.from({ length: apps }, (_unused, app) =>
      objects(`app-${app}`).map((object, index) => ({
        path: `bench-${cluster}/applications/app-${app}/${index}.yaml`,
        content: `${ownershipMark}floor\n${toYaml(object)}`,
        cluster: `bench-${cluster}`,
        owner: `app-${app}`,
        definition: "scripts/bench/floor.ts",
      })),
    ).flat(),
  ).flat();
}

function objects(app: string): readonly Json[] {
  const labels = { "app.kubernetes.io/instance": `${app}-prod`, "app.kubernetes.io/part-of": app };
  const metadata = { name: "web", namespace: app, labels };
  const selector = { matchLabels: { "app.kubernetes.io/name": "web" } };
  const container = {
    name: "web",
    image: `111122223333.dkr.ecr.us-west-2.amazonaws.com/bench/${app}:1.0.0`,
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    envFrom: [{ configMapRef: { name: "settings" } }],
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 10, timeoutSeconds: 3 },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
  const pod = { metadata: { labels }, spec: { serviceAccountName: "web", containers: [container] } };
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { HOST: `${app}.example.com`, LOG_LEVEL: "info" },
    },
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: { selector: labels, ports: [{ name: "http", port: 8080 }] },
    },
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { selector, template: pod } },
    { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: { maxUnavailable: 1, selector } },
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: { minReplicas: 2, maxReplicas: 3, scaleTargetRef: { kind: "Deployment", name: "web" } },
    },
    { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: selector } },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata,
      spec: { ingressClassName: "alb", rules: [{ host: `${app}.example.com`, http: { paths: [] } }] },
    },
  ];
}
