/** Ports inside the pods; Services offer them under the same numbers. */
export const ports = {
  /** HAProxy, for the load balancer. */
  proxy: 8080,
  /** HAProxy's own metrics. */
  proxyMetrics: 8404,
  websocket: 8080,
  navigator: 8081,
  calls: 8082,
  /** Prometheus metrics of our own services. No load balancer knows it. */
  metrics: 9090,
  redis: 6379,
  /** What Redis' nodes tell each other on: always ten thousand above. */
  redisBus: 16379,
  redisMetrics: 9121,
  bolt: 7687,
  neo4jHttp: 7474,
  /** Neo4j's discovery and copies of transactions, between its servers. */
  neo4jCluster: 6000,
  neo4jRaft: 7000,
  neo4jRouting: 7688,
  neo4jMetrics: 2004,
} as const;
