import { flows, ingress, internet, kubernetesApi, network, scrapes } from "#synth";
import type { Component, Flow, Party, Stage } from "#synth";
import { instanceFlows } from "./instances/instances.ts";
import type { MeshContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { traceFlows } from "./tracing.ts";

/** Everything that talks, or is talked to. */
export interface Parties {
  /** Undefined where the database is outside. */
  readonly postgres: Component<"postgres"> | undefined;
  readonly backend: Component<"http" | "metrics">;
  readonly streamlit: Component<"http">;
  readonly blender: Component<"web" | "vnc" | "mcp"> | undefined;
  readonly dbInit: Party;
  readonly reaper: Component<"metrics"> | undefined;
}

/** Who may open connections to whom. All else, name resolution apart, is closed. */
export function networkPolicies(stage: Stage, context: MeshContext, parties: Parties): void {
  const { postgres, backend, streamlit, blender, dbInit, reaper } = parties;
  const http = backend.port("http");
  const database = postgres?.port("postgres") ?? network(ports.postgres);
  const shared: readonly Flow[] = [
    { from: ingress, to: http },
    { from: ingress, to: streamlit.port("http") },
    { from: streamlit, to: http },
    { from: backend, to: database },
    { from: dbInit, to: database },
    // The model, and LangSmith.
    { from: backend, to: internet(443) },
  ];
  // Its web page and VNC are for `kubectl port-forward`, which no policy sees: whoever opened them would see everybody's work.
  const blenders: readonly Flow[] = blender === undefined ? [] : [{ from: backend, to: blender.port("mcp") }];
  const scraped = [backend, ...(reaper === undefined ? [] : [reaper])].map((each) => each.port("metrics"));
  flows(stage, [
    ...shared,
    ...(reaper === undefined ? [] : [{ from: reaper, to: kubernetesApi }]),
    ...blenders,
    ...instanceFlows(context, http),
    ...traceFlows(context, [backend]),
    ...scrapes(context, scraped),
  ]);
}
