import { conversationAlerts } from "../../apps/conversation-platform/alerts.ts";
import { graphSlos, slos as conversationSlos } from "../../apps/conversation-platform/slos.ts";
import { reaperAlerts } from "../../apps/prompt2mesh-app/alerts.ts";
import { slos as meshSlos } from "../../apps/prompt2mesh-app/slos.ts";
import { casesOf } from "./slo-cases.ts";
import type { AlertCase } from "./slo-cases.ts";

export const namespace = "conversation";

/** Cases of an app's alerts, by the name of the PrometheusRule that they are in. */
interface AppCases {
  readonly app: "conversation-platform" | "prompt2mesh-app";
  readonly rule: string;
  readonly cases: readonly AlertCase[];
}

const redis = `namespace="${namespace}",pod="redis-0"`;
const proxy = `namespace="${namespace}",pod="haproxy-1",proxy="websocket"`;

/** Of alerts that come of no objective: written by hand, since only their author knows what sets them off. */
const byHand: readonly AlertCase[] = [
  {
    title: "Redis fills its memory",
    alert: "RedisMemoryNearlyFull",
    input: [
      { series: `redis_memory_used_bytes{${redis}}`, values: "50x20 90x40" },
      { series: `redis_memory_max_bytes{${redis}}`, values: "100x60" },
    ],
    silentAt: [20, 29],
    firesAt: [33],
    labels: { namespace, pod: "redis-0" },
    summary: "redis-0 has 90% of its memory in use, and refuses writes when it is full",
  },
  {
    title: "Redis has no limit of memory",
    alert: "RedisMemoryNearlyFull",
    input: [
      { series: `redis_memory_used_bytes{${redis}}`, values: "90x60" },
      { series: `redis_memory_max_bytes{${redis}}`, values: "0x60" },
    ],
    silentAt: [30, 60],
    firesAt: [],
    labels: {},
  },
  {
    title: "Redis stops",
    alert: "RedisDown",
    input: [{ series: `redis_up{${redis}}`, values: "1x20 0x20" }],
    silentAt: [20, 23],
    firesAt: [25],
    labels: { namespace, pod: "redis-0" },
    summary: "redis-0 does not answer its exporter",
  },
  {
    title: "HAProxy loses its last server",
    alert: "WebsocketsHaveNoServer",
    input: [{ series: `haproxy_backend_active_servers{${proxy}}`, values: "2x20 0x20" }],
    silentAt: [20, 22],
    firesAt: [24],
    labels: { namespace, pod: "haproxy-1", proxy: "websocket" },
    summary: "haproxy-1 knows no websocket-service that is ready",
  },
];

const rounds = 'user_instance_reaper_last_round_timestamp_seconds{namespace="prompt2mesh"}';

const ofReaper: readonly AlertCase[] = [
  {
    title: "the reaper stops going through the instances",
    alert: "IdleInstancesStay",
    // Its last round is at minute 20; then the figure stands still.
    input: [{ series: rounds, values: "0+60x20 1200x60" }],
    silentAt: [20, 49],
    firesAt: [52],
    labels: {},
    summary: "nobody has looked for idle instances of users for 32m 0s",
  },
  {
    title: "the reaper goes through the instances",
    alert: "IdleInstancesStay",
    input: [{ series: rounds, values: "0+60x120" }],
    silentAt: [60, 120],
    firesAt: [],
    labels: {},
  },
];

export const appCases: readonly AppCases[] = [
  ...[...conversationSlos, ...graphSlos].map((slo) => ({
    app: "conversation-platform" as const,
    rule: `slo-${slo.name}`,
    cases: casesOf(slo, namespace),
  })),
  { app: "conversation-platform", rule: "conversation-alerts", cases: byHand },
  { app: "prompt2mesh-app", rule: "instance-reaper", cases: ofReaper },
  ...meshSlos.map((slo) => ({
    app: "prompt2mesh-app" as const,
    rule: `slo-${slo.name}`,
    cases: casesOf(slo, "prompt2mesh"),
  })),
];

/** Alerts declared by hand, which have to have a case each. */
export const declaredByHand: readonly string[] = [...conversationAlerts, ...reaperAlerts].map(
  ({ name }) => name,
);
