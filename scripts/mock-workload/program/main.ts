import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chooseContract } from "./contract.ts";
import type { Contract } from "./contract.ts";
import { openEventBus } from "./event-bus.ts";
import { EventStream } from "./event-stream.ts";
import { given } from "./given.ts";
import { beat } from "./heartbeat.ts";
import { modeOf } from "./mode.ts";
import { openPorts } from "./ports.ts";
import { sendTelemetry } from "./telemetry.ts";

/**
 * A mock of any container of the fleet: it opens the ports that the container declares, answers its probes, says what it
 * was given, and fails where something that it was promised is missing.
 *
 * It is told by environment variables, none of which a cluster sets: MOCK_CONTRACT (JSON of one contract; default: the
 * one of `contracts.json` beside this file that fits the arguments), MOCK_HOST (address to open ports on; default: 127.0.0.1,
 * in the image all),
 * MOCK_ROOT (folder that stands for `/`), MOCK_JOB_SECONDS (a worker's time for a job; default: 10).
 */
async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const contract = readContract(args, environment);
  log(`stands in for container ${contract.container} of ${contract.workload}`);
  const { told, missing } = given(contract, environment, environment["MOCK_ROOT"] ?? "/");
  told.forEach((line) => log(`given ${line}`));
  if (missing.length > 0) throw new Error(missing.join("\n"));
  const mode = modeOf(args);
  if (contract.runs === "once") return log("done");
  await serve(contract, mode, environment);
}

function readContract(args: readonly string[], environment: NodeJS.ProcessEnv): Contract {
  const handed = environment["MOCK_CONTRACT"];
  if (handed !== undefined) return JSON.parse(handed);
  return chooseContract(
    JSON.parse(readFileSync(join(import.meta.dirname, "contracts.json"), "utf8")),
    args,
    environment,
  );
}

async function serve(
  contract: Contract,
  mode: ReturnType<typeof modeOf>,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const stream = new EventStream();
  const usesEvents = environment["SSE_ADAPTER"] !== undefined;
  const bus = usesEvents ? openEventBus(environment, (event) => stream.deliver(event), log) : undefined;
  const ports = await openPorts(
    contract,
    environment["MOCK_HOST"] ?? "127.0.0.1",
    bus === undefined ? () => false : stream.respondWith(() => bus),
  );
  const stopBeating = mode === "worker" ? beat(environment["MOCK_ROOT"] ?? "/") : () => {};
  const listed = contract.ports.map(({ name, number }) => `${number} ${name}`.trim()).join(", ");
  log(listed === "" ? "works, without a port" : `listens on ${listed}`);
  void sendTelemetry(environment, log).catch((error: unknown) => log(`telemetry: ${String(error)}`));
  const host = environment["HOSTNAME"] ?? contract.workload;
  let jobs = 0;
  // Keeps a process without ports alive, too.
  const timer = setInterval(
    () => mode === "worker" && void bus?.publish(JSON.stringify({ worker: host, job: ++jobs })),
    Number(environment["MOCK_JOB_SECONDS"] ?? 10) * 1000,
  );
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log(`stops, on ${signal}`);
      clearInterval(timer);
      stopBeating();
      stream.close();
      bus?.close();
      ports.close();
    });
  }
}

function log(line: string): void {
  console.log(line);
}

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  for (const line of message.split("\n")) console.error(`fails: ${line}`);
  process.exitCode = 1;
}
