import type { CustomMetric } from "#synth";

/** A metric that an autoscaler asks for, from what a service exports to what the autoscaler calls it. */
interface ChainedMetric extends CustomMetric {
  /** What the service exports, at its port `metrics`. */
  readonly exported: string;
  /** What is recorded under the name of `series`: one value for each Service, labelled with it and its namespace. */
  readonly expression: string;
}

/**
 * The autoscalers' own metrics, each chain in one place: the service exports it, a ServiceMonitor has it scraped, a
 * rule records it for each Service, prometheus-adapter gives it to autoscalers. The rule "custom-metric" holds every link.
 */
export const customMetrics = {
  websocketConnections: {
    name: "websocket_connections",
    exported: "websocket_connections",
    series: "service:websocket_connections:sum",
    expression: "sum by (namespace, service) (websocket_connections)",
  },
  geminiRequests: {
    name: "gemini_requests_per_minute",
    exported: "gemini_requests_total",
    series: "service:gemini_requests:rate_per_minute",
    expression: "sum by (namespace, service) (rate(gemini_requests_total[2m])) * 60",
  },
  httpRequests: {
    name: "http_requests_per_second",
    exported: "http_requests_total",
    series: "service:http_requests:rate_per_second",
    expression: "sum by (namespace, service) (rate(http_requests_total[2m]))",
  },
} as const satisfies Readonly<Record<string, ChainedMetric>>;

/** What prometheus-adapter has to know of them: a cluster with this app lists these under `customMetrics`. */
export const conversationMetrics: readonly CustomMetric[] = Object.values(customMetrics).map(
  ({ name, series }) => ({ name, series }),
);
