import { randomBytes } from "node:crypto";

type Environment = Readonly<Record<string, string | undefined>>;
type Log = (line: string) => void;

/** Milliseconds that a collector may take to answer. */
const patience = 5_000;

/**
 * Sends a span and a figure as OpenTelemetry's SDK would: where, and under which name and attributes, its own variables
 * say. Nothing is sent where they name no collector, or switch it off; one that does not answer is told of, and no more.
 */
export async function sendTelemetry(environment: Environment, log: Log): Promise<void> {
  const endpoint = environment["OTEL_EXPORTER_OTLP_ENDPOINT"];
  if (endpoint === undefined || environment["OTEL_SDK_DISABLED"] === "true") return;
  const resource = { attributes: attributesOf(environment) };
  const scope = { name: "slipway-mock" };
  const now = `${BigInt(Date.now()) * 1_000_000n}`;
  const span = {
    traceId: randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    name: "start",
    kind: 1,
    startTimeUnixNano: now,
    endTimeUnixNano: now,
  };
  const starts = {
    name: "mock.starts",
    sum: {
      aggregationTemporality: 1,
      isMonotonic: true,
      dataPoints: [{ asInt: "1", startTimeUnixNano: now, timeUnixNano: now }],
    },
  };
  const signals = {
    traces: { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span] }] }] },
    metrics: { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics: [starts] }] }] },
  };
  for (const [signal, body] of Object.entries(signals)) {
    if (environment[`OTEL_${signal.toUpperCase()}_EXPORTER`] === "none") continue;
    log(`telemetry: ${signal} ${await post(`${endpoint.replace(/\/$/, "")}/v1/${signal}`, body)}`);
  }
}

/** The service's name goes by its own variable, the rest by a list of `name=value`. */
function attributesOf(environment: Environment): readonly object[] {
  const listed = (environment["OTEL_RESOURCE_ATTRIBUTES"] ?? "").split(",").flatMap((pair) => {
    const [key = "", value] = pair.split(/=(.*)/s);
    return value === undefined ? [] : [[key.trim(), decodeURIComponent(value.trim())] as const];
  });
  const all = new Map([...listed, ["service.name", environment["OTEL_SERVICE_NAME"] ?? "unknown_service"]]);
  return [...all].map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

async function post(url: string, body: object): Promise<string> {
  try {
    const { ok, status } = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    return ok ? `sent to ${url}` : `refused by ${url}: ${status}`;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return `not sent to ${url}: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
