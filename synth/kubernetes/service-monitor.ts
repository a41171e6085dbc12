import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import type { Capabilities } from "../model/capability.ts";
import type { Stage } from "../model/stage.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { PortRef } from "./component.ts";
import type { Flow } from "./flow.ts";

export interface ServiceMonitorSpec {
  /** Metrics that it exports and that rules of this repository are made of; `custom-metric` looks them up here. */
  readonly exports: readonly string[];
  /** Default: `/metrics`. */
  readonly path?: string;
  /** Seconds from one scrape to the next. Default: 30. */
  readonly everySeconds?: number;
  /** Whether the component is blue-green: its preview Service has the same pods, which would count twice. Default: false. */
  readonly hasPreview?: boolean;
}

const exportsAnnotation = "slipway.dev/exports";

/** Has Prometheus scrape a port of a component, behind its Service; the way there is a flow of its own. */
export function serviceMonitor(stage: Stage, port: PortRef, spec: ServiceMonitorSpec): void {
  const { exports, path = "/metrics", everySeconds = 30, hasPreview = false } = spec;
  if (stage.context.capabilities.monitoring === undefined) {
    stage.context.report(
      `${port.component} is scraped by nobody: ${stage.context.cluster.name} has no Prometheus`,
      'give the cluster the capability "monitoring", and list it among what the app needs',
    );
    return;
  }
  stage.addResource({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: port.component, annotations: { [exportsAnnotation]: exports.join(",") } },
    spec: {
      selector: { matchLabels: { ...port.selector } },
      endpoints: [
        {
          port: port.name,
          path,
          interval: `${everySeconds}s`,
          ...(hasPreview && {
            relabelings: [
              { sourceLabels: ["__meta_kubernetes_service_name"], regex: ".*-preview", action: "drop" },
            ],
          }),
        },
      ],
    },
  } satisfies IServiceMonitor);
}

/** Namespace of a cluster's Prometheus. */
export const prometheusNamespace = "monitoring";

/** The ways from Prometheus to these ports; none on a cluster without it. */
export function scrapes(
  { capabilities }: { readonly capabilities: Partial<Capabilities> },
  to: readonly PortRef[],
): readonly Flow[] {
  if (capabilities.monitoring === undefined) return [];
  const from = { outside: "namespace", namespace: prometheusNamespace } as const;
  return to.map((port) => ({ from, to: port }));
}

/** Metrics that a ServiceMonitor says its target exports. */
export function exportsOf({ metadata }: KubernetesObject): readonly string[] {
  return (metadata.annotations?.[exportsAnnotation] ?? "").split(",").filter((name) => name !== "");
}
