import { defineApp, httpIngress } from "#synth";
import type { Stage } from "#synth";
import { calls } from "./calls.ts";
import { haproxy, healthPath } from "./haproxy.ts";
import { monitoring } from "./monitoring.ts";
import { navigator } from "./navigator.ts";
import { neo4j } from "./neo4j.ts";
import { neo4jTopology } from "./neo4j-topology.ts";
import { networkPolicies } from "./network.ts";
import { checkParameters, images, needs } from "./parameters.ts";
import type { ConversationContext, Parameters } from "./parameters.ts";
import { redis } from "./redis.ts";
import { redisSetup } from "./redis-setup.ts";
import { secrets } from "./secrets.ts";
import { variables } from "./variables.ts";
import { websocket } from "./websocket.ts";

export const conversationPlatform = defineApp<Parameters>()({
  name: "conversation-platform",
  description:
    "Talks with people: WebSockets behind HAProxy, a navigator on Gemini, calls by ElevenLabs, on Neo4j and Redis.",
  images,
  needs,
  // The databases first; then what makes clusters of them; then what serves from them.
  stages: ["data", "join", "serve"],
  promotion: { soakHours: { prod: 24 }, approvers: { prod: ["@example/platform"] } },
  variables,
  render,
});

function render(
  { data, join, serve }: Readonly<Record<"data" | "join" | "serve", Stage>>,
  context: ConversationContext,
) {
  checkParameters(context);
  const { host, requestsPerMinute } = context.parameters;
  const keys = secrets(data);
  const parties = {
    graph: neo4j(data, context, keys.neo4j),
    redis: redis(data, context, keys.redis),
    redisSetup: redisSetup(join, context, keys.redis),
    neo4jTopology: neo4jTopology(join, context, keys.neo4j),
    websocket: websocket(serve, context, keys),
    navigator: navigator(serve, context, keys),
    calls: calls(serve, context, keys),
    haproxy: haproxy(serve, context),
  };
  httpIngress(serve, "conversation", {
    host,
    routes: { "/api": parties.calls.port("http"), "/": parties.haproxy.port("http") },
    healthPath,
    // As long as HAProxy lets a WebSocket be silent; 4000 is as much as the load balancer allows.
    idleTimeoutSeconds: 3600,
    requestsPerMinute,
  });
  monitoring(serve, parties, context.parameters.neo4j.edition);
  // In the first stage, so that doors are open, and only those, before anybody knocks.
  networkPolicies(data, parties);
}
