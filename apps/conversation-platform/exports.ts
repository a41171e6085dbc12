import { customMetrics } from "./metrics.ts";

const histogram = (name: string) => [`${name}_bucket`, `${name}_count`];

/** What each part exports of what rules and dashboards here are made of; of own images, what README.md asks of them. */
export const exported = {
  calls: [customMetrics.httpRequests.exported, ...histogram("http_request_duration_seconds")],
  websocket: [
    customMetrics.websocketConnections.exported,
    ...histogram("websocket_delivery_duration_seconds"),
  ],
  navigator: [customMetrics.geminiRequests.exported, ...histogram("gemini_request_duration_seconds")],
  haproxy: ["haproxy_frontend_http_responses_total", "haproxy_backend_active_servers"],
  redis: [
    "redis_up",
    "redis_commands_processed_total",
    "redis_memory_used_bytes",
    "redis_memory_max_bytes",
    "redis_evicted_keys_total",
    "redis_keyspace_hits_total",
    "redis_keyspace_misses_total",
    "redis_net_output_bytes_total",
  ],
  graph: [
    "neo4j_database_neo4j_db_query_execution_latency_millis",
    "neo4j_database_neo4j_transaction_committed_total",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
