import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";
import { fleetContracts, mounted, ownAddress, startMock, temporaryFolder } from "../../mock-workload/mock.ts";
import { containerOf } from "./pod.ts";

const missing = whyNoTools(["otel-collector"]);
if (missing !== undefined) console.warn(`skipped telemetry.test.ts: ${missing}`);

/** A real collector on an address that stands for a node's, in place of the Datadog agent. Returns what it says. */
async function startCollector(host: string): Promise<() => string> {
  const file = join(temporaryFolder(), "collector.yaml");
  writeFileSync(
    file,
    `receivers: { otlp: { protocols: { http: { endpoint: "${host}:4318" } } } }
exporters: { debug: { verbosity: detailed } }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp], exporters: [debug] }
    metrics: { receivers: [otlp], exporters: [debug] }
`,
  );
  const program = await findTool("otel-collector");
  const child = spawn(program, ["--config", file], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += String(bytes)));
  await expect.poll(() => said, { timeout: 30_000 }).toContain("Everything is ready");
  return () => said;
}

const contracts = await fleetContracts((name) => name === "content-studio");

describe.skipIf(missing !== undefined)("telemetry of Content Studio's dev, as committed", () => {
  test.each(["content-studio-server", "content-studio-worker"])(
    "of %s reaches a collector on the pod's node, with Datadog's unified tags",
    async (component) => {
      const node = ownAddress();
      const said = await startCollector(node);
      const { contract } = contracts.get(`content-studio: ${component} ${component}`) ?? {};
      if (contract === undefined) throw new Error(`dev has no ${component}`);
      const pod = { "status.hostIP": node, "metadata.uid": "0d1e2f30-aaaa-bbbb-cccc-000000000000" };
      const { environment } = containerOf(component, {
        secret: (_name, key) => `value of ${key}`,
        field: (path) => new Map(Object.entries(pod)).get(path) ?? "",
      });
      const mock = startMock(contract, {
        ...environment,
        // Its events are tried elsewhere, and need a Redis.
        SSE_ADAPTER: "memory",
        MOCK_HOST: ownAddress(),
        MOCK_ROOT: mounted(contract),
      });
      await mock.says(/^telemetry: metrics sent/m);
      expect(mock.output()).toMatch(
        /^telemetry: traces sent to http:\/\/127\.\d+\.\d+\.\d+:4318\/v1\/traces$/m,
      );
      const attributes = {
        "service.name": component,
        "deployment.environment.name": "dev",
        "deployment.environment": "dev",
        "service.version": environment["DD_VERSION"],
        "k8s.pod.uid": pod["metadata.uid"],
      };
      for (const [name, value] of Object.entries(attributes)) {
        // Once on the span, once on the figure.
        await expect.poll(() => said().split(`-> ${name}: Str(${value})`).length, { message: name }).toBe(3);
      }
      expect(said()).toMatch(/Name +: start/);
      expect(said()).toContain("mock.starts");
    },
  );
});
