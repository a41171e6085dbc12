import type { Slo } from "#synth";

/** Where the API, HAProxy and the graph are told apart in what they export. */
const graph = "neo4j_database_neo4j";

/** Targets of latency and throughput of the platform's document, and that requests are answered at all. */
export const slos: readonly Slo[] = [
  {
    name: "api-availability",
    summary: "99.9% of API requests are answered without an error of ours",
    objective: 0.999,
    indicator: {
      kind: "errors",
      total: { metric: "http_requests_total" },
      bad: { metric: "http_requests_total", matching: { code: "5.." } },
    },
    runbook: "requests-fail",
  },
  {
    name: "api-latency",
    summary: "95% of API requests are answered within 200 ms",
    objective: 0.95,
    indicator: {
      kind: "latency",
      histogram: { metric: "http_request_duration_seconds" },
      underSeconds: 0.2,
    },
    runbook: "requests-are-slow",
  },
  {
    name: "websocket-availability",
    summary: "99.9% of what clients ask of HAProxy is answered without an error of ours",
    objective: 0.999,
    indicator: {
      kind: "errors",
      total: { metric: "haproxy_frontend_http_responses_total", labels: { proxy: "websocket" } },
      bad: { metric: "haproxy_frontend_http_responses_total", labels: { proxy: "websocket", code: "5xx" } },
    },
    runbook: "requests-fail",
  },
  {
    name: "websocket-delivery",
    summary: "99% of messages are delivered within 50 ms",
    objective: 0.99,
    indicator: {
      kind: "latency",
      histogram: { metric: "websocket_delivery_duration_seconds" },
      underSeconds: 0.05,
    },
    runbook: "requests-are-slow",
  },
  {
    name: "navigator-latency",
    summary: "99% of the navigator's answers come within 5 seconds",
    objective: 0.99,
    indicator: {
      kind: "latency",
      histogram: { metric: "gemini_request_duration_seconds" },
      underSeconds: 5,
    },
    runbook: "requests-are-slow",
  },
  ...throughput(),
];

/** What the graph exports in the Enterprise edition alone. */
export const graphSlos: readonly Slo[] = [
  {
    name: "database-latency",
    summary: "for 99% of the time, 95% of queries take less than 100 ms",
    objective: 0.99,
    indicator: {
      kind: "time",
      // Neo4j exports quantiles of its own; the slowest server counts.
      of: "max",
      figure: { metric: `${graph}_db_query_execution_latency_millis`, labels: { quantile: "0.95" } },
      bound: { atMost: 100 },
    },
    runbook: "requests-are-slow",
  },
  load("database-throughput", "transactions a second", 5000, "rate", `${graph}_transaction_committed_total`),
];

/** What the platform is sized for. Beyond it the other objectives are promised to nobody, so that more of it is a ticket. */
function throughput(): readonly Slo[] {
  return [
    load("api-throughput", "API requests a second", 1000, "rate", "http_requests_total"),
    load("websocket-connections", "WebSockets at once", 10_000, "sum", "websocket_connections"),
    // 100 a minute.
    load(
      "navigator-throughput",
      "navigator's requests a second",
      Number((100 / 60).toFixed(3)),
      "rate",
      "gemini_requests_total",
    ),
  ];
}

function load(name: string, what: string, most: number, of: "rate" | "sum", metric: string): Slo {
  return {
    name,
    summary: `for 99% of the time there are at most ${most} ${what}, which is what it is sized for`,
    objective: 0.99,
    indicator: { kind: "time", of, figure: { metric }, bound: { atMost: most } },
    runbook: "more-load-than-sized-for",
    pages: false,
  };
}
