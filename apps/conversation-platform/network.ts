import { flows, ingress, internet, scrapes } from "#synth";
import type { Component, Flow, Party, Stage } from "#synth";
import type { Graph } from "./neo4j.ts";

/** Everything that talks, or is talked to. */
export interface Parties {
  readonly graph: Graph;
  readonly redis: Component<"redis" | "bus" | "metrics">;
  readonly haproxy: Component<"http" | "metrics">;
  readonly websocket: Component<"http" | "metrics">;
  readonly navigator: Component<"http" | "metrics">;
  readonly calls: Component<"http" | "metrics">;
  readonly redisSetup: Party;
  readonly neo4jTopology: Party | undefined;
}

/** Who may open connections to whom. All else, name resolution apart, is closed. */
export function networkPolicies(stage: Stage, parties: Parties): void {
  const { graph, redis, haproxy, websocket, navigator, calls, redisSetup, neo4jTopology } = parties;
  const keys = redis.port("redis");
  const bolt = servers(graph).map((server) => server.port("bolt"));

  const users: readonly Flow[] = [
    { from: ingress, to: haproxy.port("http") },
    { from: ingress, to: calls.port("http") },
    { from: haproxy, to: websocket.port("http") },
    { from: websocket, to: navigator.port("http") },
  ];
  // Gemini and ElevenLabs.
  const outside: readonly Flow[] = [navigator, calls].map((from) => ({ from, to: internet(443) }));
  const stores: readonly Flow[] = [
    { from: websocket, to: keys },
    { from: navigator, to: keys },
    ...[websocket, navigator, calls].flatMap((from) => bolt.map((to) => ({ from, to }))),
  ];
  const jobs: readonly Flow[] = [
    { from: redisSetup, to: keys },
    ...(neo4jTopology ? bolt.map((to) => ({ from: neo4jTopology, to })) : []),
  ];
  const nodes: readonly Flow[] = [
    { from: redis, to: keys },
    { from: redis, to: redis.port("bus") },
    ...betweenServers(graph),
  ];
  const metrics = [
    haproxy,
    redis,
    websocket,
    navigator,
    calls,
    ...(graph.replica === undefined ? [] : servers(graph)),
  ].map((party) => party.port("metrics"));
  flows(stage, [...users, ...outside, ...stores, ...jobs, ...nodes, ...scrapes(stage.context, metrics)]);
}

function servers({ core, replica }: Graph) {
  return replica === undefined ? [core] : [core, replica];
}

/** A server alone has nobody to talk to. */
function betweenServers(graph: Graph): readonly Flow[] {
  const all = servers(graph);
  if (all.length === 1) return [];
  return all.flatMap((from) =>
    all.flatMap((to) =>
      (["cluster", "raft", "routing", "bolt"] as const).map((port) => ({ from, to: to.port(port) })),
    ),
  );
}
