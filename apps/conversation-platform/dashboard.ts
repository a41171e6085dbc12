import { appDashboard, seriesOf } from "#synth";
import type { Dashboard, DashboardPanel } from "#synth";
import { graphSlos, slos } from "./slos.ts";

const minutes = "[5m]";

function quantiles(title: string, histogram: string): DashboardPanel {
  const at = (quantile: number) =>
    `histogram_quantile(${quantile}, sum by (le) (rate(${seriesOf(`${histogram}_bucket`)}${minutes})))`;
  return {
    title,
    unit: "s",
    queries: [0.5, 0.95, 0.99].map((quantile) => ({
      expression: at(quantile),
      legend: `${quantile * 100}% are faster`,
    })),
  };
}

function panel(title: string, unit: string, expression: string, legend: string): DashboardPanel {
  return { title, unit, queries: [{ expression, legend }] };
}

const rateBy = (label: string, metric: string, labels = {}) =>
  `sum by (${label}) (rate(${seriesOf(metric, { labels })}${minutes}))`;

export const conversationDashboard: Dashboard = appDashboard({
  app: "conversation-platform",
  title: "Conversation platform",
  slos: [...slos, ...graphSlos],
  rows: [
    {
      title: "Traffic",
      panels: [
        panel("API requests", "reqps", rateBy("service", "http_requests_total"), "{{service}}"),
        panel("WebSockets", "short", `sum(${seriesOf("websocket_connections")})`, "open"),
        panel("Requests to Gemini", "reqps", rateBy("service", "gemini_requests_total"), "{{service}}"),
        panel("Commands of Redis", "ops", rateBy("pod", "redis_commands_processed_total"), "{{pod}}"),
        panel(
          "Transactions",
          "ops",
          rateBy("pod", "neo4j_database_neo4j_transaction_committed_total"),
          "{{pod}}",
        ),
      ],
    },
    {
      title: "Errors",
      panels: [
        panel("API, by code", "reqps", rateBy("code", "http_requests_total"), "{{code}}"),
        panel(
          "HAProxy, by code",
          "reqps",
          rateBy("code", "haproxy_frontend_http_responses_total", { proxy: "websocket" }),
          "{{code}}",
        ),
        panel("Keys that Redis dropped", "ops", rateBy("pod", "redis_evicted_keys_total"), "{{pod}}"),
      ],
    },
    {
      title: "Latency",
      panels: [
        quantiles("API", "http_request_duration_seconds"),
        quantiles("Delivery of messages", "websocket_delivery_duration_seconds"),
        quantiles("Gemini", "gemini_request_duration_seconds"),
        panel(
          "Queries, 95% are faster",
          "ms",
          seriesOf("neo4j_database_neo4j_db_query_execution_latency_millis", {
            labels: { quantile: "0.95" },
          }),
          "{{pod}}",
        ),
      ],
    },
  ],
  saturation: [
    panel(
      "Memory of Redis",
      "percentunit",
      `${seriesOf("redis_memory_used_bytes")} / ${seriesOf("redis_memory_max_bytes")}`,
      "{{pod}}",
    ),
    panel(
      "Hits of Redis",
      "percentunit",
      `${rateBy("pod", "redis_keyspace_hits_total")} / (${rateBy("pod", "redis_keyspace_hits_total")} + ${rateBy("pod", "redis_keyspace_misses_total")})`,
      "{{pod}}",
    ),
    panel("Network of Redis", "Bps", rateBy("pod", "redis_net_output_bytes_total"), "{{pod}}"),
    panel(
      "Servers behind HAProxy",
      "short",
      `max(${seriesOf("haproxy_backend_active_servers", { labels: { proxy: "websocket" } })})`,
      "ready",
    ),
  ],
});
