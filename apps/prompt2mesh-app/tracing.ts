import { network } from "#synth";
import type { EnvironmentValue, Flow, Party } from "#synth";
import type { MeshContext } from "./parameters.ts";
import type { Secrets } from "./secrets.ts";

/** Variables by which a component says what it did: requests to a collector, conversations with the model to LangSmith. */
export function tracing(
  { environment, parameters }: MeshContext,
  component: string,
  { backend }: Secrets,
): Readonly<Record<string, EnvironmentValue>> {
  const { traces, langSmith } = parameters;
  return {
    ...(traces !== undefined && {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://${traces.host}:${traces.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_SERVICE_NAME: component,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${environment}`,
    }),
    ...(langSmith && {
      LANGSMITH_TRACING: "true",
      LANGSMITH_PROJECT: `prompt2mesh-${environment}`,
      LANGSMITH_API_KEY: { secret: backend, key: "langSmithApiKey" },
      // The name that older versions of LangChain read it by.
      LANGCHAIN_API_KEY: { secret: backend, key: "langSmithApiKey" },
    }),
  };
}

/** The way to the collector of traces, where there is one. */
export function traceFlows({ parameters }: MeshContext, from: readonly Party[]): readonly Flow[] {
  const { traces } = parameters;
  return traces === undefined ? [] : from.map((party) => ({ from: party, to: network(traces.port) }));
}
