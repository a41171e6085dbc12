import { flows, internet, k8s, kubernetesApi } from "#synth";
import type { Capabilities, Stage } from "#synth";
import { chartPods } from "../chart-pods.ts";
import { monitoringNamespace } from "./namespace.ts";

const namespace = monitoringNamespace.name;
const release = { "app.kubernetes.io/instance": "kube-prometheus-stack" };

const prometheus = chartPods("prometheus", {
  namespace,
  selector: {
    "app.kubernetes.io/name": "prometheus",
    "operator.prometheus.io/name": "kube-prometheus-stack-prometheus",
  },
  ports: { http: 9090, reloader: 8080 },
});
const alertmanager = chartPods("alertmanager", {
  namespace,
  selector: {
    "app.kubernetes.io/name": "alertmanager",
    alertmanager: "kube-prometheus-stack-alertmanager",
  },
  ports: { http: 9093, reloader: 8080, gossip: 9094 },
});
const grafana = chartPods("grafana", {
  namespace,
  selector: { "app.kubernetes.io/name": "grafana", ...release },
  ports: { http: 3000 },
});
const operator = chartPods("prometheus-operator", {
  namespace,
  selector: { app: "kube-prometheus-stack-operator", release: "kube-prometheus-stack" },
  ports: { https: 10250 },
});
const kubeStateMetrics = chartPods("kube-state-metrics", {
  namespace,
  selector: { "app.kubernetes.io/name": "kube-state-metrics", ...release },
  ports: { http: 8080 },
});

/** Who of the monitoring stack talks to whom. node-exporter shares the node's network, where policies do not reach. */
export function monitoringFlows(stage: Stage, capabilities: Partial<Capabilities>): void {
  flows(stage, [
    { from: kubernetesApi, to: operator.port("https") },
    { from: operator, to: kubernetesApi },
    { from: kubeStateMetrics, to: kubernetesApi },
    { from: grafana, to: kubernetesApi },
    { from: grafana, to: prometheus.port("http") },
    { from: grafana, to: alertmanager.port("http") },
    ...[
      operator.port("https"),
      kubeStateMetrics.port("http"),
      grafana.port("http"),
      alertmanager.port("http"),
      alertmanager.port("reloader"),
      prometheus.port("http"),
      prometheus.port("reloader"),
    ].map((to) => ({ from: prometheus, to })),
    { from: alertmanager, to: alertmanager.port("gossip") },
    { from: alertmanager, to: internet(443) },
    ...mailPorts(capabilities).map((port) => ({ from: alertmanager, to: internet(port) })),
    ...clientNamespaces(capabilities).map((client) => ({
      from: { outside: "namespace", namespace: client } as const,
      to: prometheus.port("http"),
    })),
  ]);
  stage.add(k8s.KubeNetworkPolicy, "prometheus-scrapes", {
    spec: {
      podSelector: { matchLabels: { ...prometheus.selector } },
      policyTypes: ["Egress"],
      // Targets are wherever a monitor finds them, on whatever port they name; they decide whom they let in.
      egress: [{}],
    },
  });
}

/** Port of the mail server, where alerts go by mail. */
function mailPorts({ monitoring }: Partial<Capabilities>): readonly number[] {
  const smarthost = monitoring?.receivers?.email.smarthost;
  return smarthost === undefined ? [] : [Number(smarthost.split(":").at(-1))];
}

/** Namespaces from which series are asked for: canary analyses and autoscalers, where the cluster has them. */
function clientNamespaces(capabilities: Partial<Capabilities>): readonly string[] {
  return [
    namespace,
    ...(capabilities.progressiveDelivery ? ["argo-rollouts"] : []),
    ...(capabilities.eventScaling ? ["keda"] : []),
  ];
}
