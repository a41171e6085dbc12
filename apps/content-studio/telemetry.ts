import type { Capabilities, EnvironmentValue } from "#synth";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Variable } from "./variables.ts";

type Environment = Readonly<Partial<Record<Variable, EnvironmentValue>>>;

interface Service {
  /** As Datadog shows it. */
  readonly service: string;
  readonly image: string;
}

/** Datadog's unified tags as it reads them from a pod: they are on the container's logs and figures. */
export function tags({ environment }: StudioContext, { service, image }: Service): Record<string, string> {
  return {
    "tags.datadoghq.com/env": environment,
    "tags.datadoghq.com/service": service,
    "tags.datadoghq.com/version": versionOf(image),
  };
}

/**
 * What OpenTelemetry's SDK reads: traces and metrics go to the agent of the pod's node, with the same tags that its logs
 * have. Where the cluster has no agent, the SDK is off.
 */
export function telemetry(context: StudioContext, { service, image }: Service): Environment {
  if (!traced(context.capabilities)) return { OTEL_SDK_DISABLED: "true" };
  const { environment, namespace } = context;
  const version = versionOf(image);
  const attributes = {
    // The older and the newer name of one thing: agents before 7.58 know only the former.
    "deployment.environment": environment,
    "deployment.environment.name": environment,
    "service.version": version,
    "k8s.namespace.name": namespace,
    // By it the agent finds the pod, and adds what it knows of it.
    "k8s.pod.uid": "$(POD_UID)",
  };
  return {
    HOST_IP: { field: "status.hostIP" },
    POD_UID: { field: "metadata.uid" },
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(attributes)
      .map(([name, value]) => `${name}=${value}`)
      .join(","),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://$(HOST_IP):${ports.telemetry}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "none",
    DD_ENV: environment,
    DD_SERVICE: service,
    DD_VERSION: version,
  };
}

/** Whether there is an agent to talk to. */
export function traced({ tracing }: Partial<Capabilities>): boolean {
  return tracing !== undefined;
}

/** The tag of an image, or the first twelve digits of its digest: a label has no room for all of them. */
export function versionOf(image: string): string {
  const [, digest] = image.split("@sha256:");
  return digest === undefined ? image.slice(image.lastIndexOf(":") + 1) : digest.slice(0, 12);
}
