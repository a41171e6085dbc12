import { flows, httpIngress, ingress, internet, network } from "#synth";
import type { Component, Flow, Stage } from "#synth";
import { apiPath } from "./parameters.ts";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { traced } from "./telemetry.ts";

/** Everything that talks, or is talked to; databases only where they run beside the app. */
export interface Parties {
  readonly server: Component<"http">;
  readonly worker: Component<never>;
  readonly web: Component<"http">;
  readonly redis: Component<"redis"> | undefined;
  readonly postgres: Component<"postgres"> | undefined;
}

/** Seconds that a browser stays with one replica, while events are in the memory of each: a working day. */
const stickySeconds = 8 * 60 * 60;

/** The public name: the API below /api, the pages elsewhere. */
export function publicName(stage: Stage, { parameters }: StudioContext, { server, web }: Parties): void {
  httpIngress(stage, "content-studio", {
    host: parameters.host,
    routes: { [apiPath]: server.port("http"), "/": web.port("http") },
    healthPath: "/healthcheck",
    // Streams say every 30 seconds that they live; ten in a row may get lost.
    idleTimeoutSeconds: 300,
    ...(parameters.events === "memory" && { stickySeconds }),
  });
}

/** Who may open connections to whom. All else, name resolution apart, is closed; web opens none. */
export function networkPolicies(stage: Stage, context: StudioContext, parties: Parties): void {
  const { server, worker, web } = parties;
  flows(stage, [
    { from: ingress, to: server.port("http") },
    { from: ingress, to: web.port("http") },
    ...[server, worker].flatMap((party) => outward(party, context, parties)),
  ]);
}

function outward(
  from: Component<never>,
  { capabilities }: StudioContext,
  { redis, postgres }: Parties,
): readonly Flow[] {
  return [
    { from, to: postgres?.port("postgres") ?? network(ports.postgres) },
    ...(redis ? [{ from, to: redis.port("redis") }] : []),
    // Models, S3, and the exchange of the pod's token for its role.
    { from, to: internet(443) },
    ...(traced(capabilities) ? [{ from, to: network(ports.telemetry) }] : []),
  ];
}
