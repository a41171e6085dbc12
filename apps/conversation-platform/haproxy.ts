import { config, deployment } from "#synth";
import type { Component, PublicImage, Stage } from "#synth";
import { haproxyConfig } from "./haproxy-config.ts";
import type { WebsocketProxy } from "./haproxy-config.ts";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { mostOf, sizes } from "./sizes.ts";
import { websocketPods } from "./websocket.ts";

/** The long-term release, which knows `hash-key`. */
const haproxyImage: PublicImage =
  "docker.io/library/haproxy:3.2.24-alpine@sha256:686211da34aba401814bb109c813db6a579491bc8753bfd81b78cce7d1e02f7c";

/** Path of health on HAProxy, and on what it asks: the load balancer has one for the whole ingress. */
export const healthPath = "/healthz";

/** What an environment's HAProxy is told. */
export function websocketProxy({
  namespace,
  parameters,
}: Pick<ConversationContext, "namespace" | "parameters">): WebsocketProxy {
  return {
    listen: { http: `:${ports.proxy}`, metrics: `:${ports.proxyMetrics}` },
    nameserver: "resolv.conf",
    service: `${websocketPods}.${namespace}.svc.cluster.local`,
    port: ports.websocket,
    // And one more while they are replaced.
    mostServers: mostOf(sizes[parameters.size].websocket.replicas) + 1,
    healthPath,
    maxConnections: 50_000,
    remember: "30m",
    silence: "1h",
    keepAlive: "65m",
    drain: "90s",
  };
}

/** WebSockets, each client to one pod. */
export function haproxy(stage: Stage, context: ConversationContext): Component<"http" | "metrics"> {
  const { replicas, resources } = sizes[context.parameters.size].haproxy;
  const settings = config(stage, "haproxy", { "haproxy.cfg": haproxyConfig(websocketProxy(context)) });
  return deployment(stage, "haproxy", {
    image: haproxyImage,
    replicas,
    ...nodesFor(context, "websocket"),
    user: 99,
    ports: { http: ports.proxy, metrics: ports.proxyMetrics },
    resources,
    mounts: [{ path: "/usr/local/etc/haproxy", readOnly: true, source: { config: settings } }],
    probes: {
      readiness: { http: healthPath, port: "http" },
      // Its pods' health is not its own: it lives while it answers anything.
      liveness: { http: "/metrics", port: "metrics", periodSeconds: 20, timeoutSeconds: 5 },
    },
    // The load balancer drains for 30 seconds, then WebSockets have another 90 to end by themselves.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 130,
  });
}
