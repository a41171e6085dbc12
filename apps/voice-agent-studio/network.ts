import { flows, httpIngress, ingress, internet, network } from "#synth";
import type { Component, Stage } from "#synth";
import { authenticationOf } from "./authentication.ts";
import type { StudioContext } from "./parameters.ts";
import { stickySeconds } from "./sizes.ts";

/** The studio's address, and the connections it may take part in: no others. */
export function reachable(
  stage: Stage,
  context: StudioContext,
  studio: Component<"http">,
  sessions: { readonly stateful: boolean },
): void {
  const { host, requestsPerMinute = 300, awsEndpoints = "public" } = context.parameters;
  httpIngress(stage, "voice-agent-studio", {
    host,
    routes: { "/": studio.port("http") },
    // Answers stream as server-sent events, silent while the model thinks.
    idleTimeoutSeconds: 300,
    ...(sessions.stateful && { stickySeconds }),
    requestsPerMinute,
  });

  const throughVpc = awsEndpoints === "vpc";
  // kiro-cli calls the Kiro service, which has no endpoint in a VPC.
  const needsInternet = !throughVpc || authenticationOf(context).mode === "token-volume";
  flows(stage, [
    { from: ingress, to: studio.port("http") },
    ...(needsInternet ? [{ from: studio, to: internet(443) }] : []),
    ...(throughVpc ? [{ from: studio, to: network(443) }] : []),
  ]);
}
