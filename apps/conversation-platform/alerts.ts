import type { Alert } from "#synth";

/** What fails before an objective does. */
export const conversationAlerts: readonly Alert[] = [
  {
    name: "RedisMemoryNearlyFull",
    severity: "ticket",
    expression: (namespace) =>
      `redis_memory_used_bytes{namespace="${namespace}"} / (redis_memory_max_bytes{namespace="${namespace}"} > 0) > 0.85`,
    forMinutes: 10,
    summary:
      "{{ $labels.pod }} has {{ $value | humanizePercentage }} of its memory in use, and refuses writes when it is full",
    runbook: "redis-memory",
  },
  {
    name: "RedisDown",
    severity: "page",
    expression: (namespace) => `redis_up{namespace="${namespace}"} == 0`,
    forMinutes: 3,
    summary: "{{ $labels.pod }} does not answer its exporter",
    runbook: "redis-down",
  },
  {
    name: "WebsocketsHaveNoServer",
    severity: "page",
    expression: (namespace) =>
      `haproxy_backend_active_servers{namespace="${namespace}",proxy="websocket"} == 0`,
    forMinutes: 2,
    summary: "{{ $labels.pod }} knows no websocket-service that is ready",
    runbook: "requests-fail",
  },
];
