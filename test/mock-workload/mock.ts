import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { ContainerContract } from "../../scripts/mock-workload/contracts.ts";
import { containerContracts } from "../../scripts/mock-workload/contracts.ts";
import type { Contract } from "../../scripts/mock-workload/program/contract.ts";
import { gatherInputs, loadFleet } from "../../scripts/workspace.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

const program = join(import.meta.dirname, "../../scripts/mock-workload/program");

/** Value of every secret in these tests, which no log may hold. */
export const secretValue = "s3cr3t-value";

/** Each distinct contract of these clusters' containers, as `npm run synth` renders them. */
export async function fleetContracts(
  chosen: (name: string) => boolean,
): Promise<ReadonlyMap<string, ContainerContract>> {
  const fleet = await loadFleet();
  const clusters = fleet.clusters.filter(({ name }) => chosen(name));
  const inputs = await gatherInputs(fleet, clusters);
  const all = clusters.flatMap((cluster) => {
    const { rendered } = synthesizeCluster(fleet, cluster, inputs);
    if (rendered === undefined) throw new Error(`${cluster.name} does not render`);
    return containerContracts(rendered).map((each) => ({ cluster: cluster.name, each }));
  });
  const distinct = new Map(all.map((entry) => [JSON.stringify(entry.each.contract), entry]));
  return new Map(
    [...distinct.values()].map(({ cluster, each }) => [
      `${cluster}: ${each.contract.workload} ${each.contract.container}`,
      each,
    ]),
  );
}

/** Values that the program itself goes by: any other would do as well. */
const understood = new Map([["SSE_ADAPTER", "memory"]]);

/** What a cluster would give a container: all that its contract names. */
export function everythingFor({ variables }: Contract): Readonly<Record<string, string>> {
  return Object.fromEntries(
    variables.map(({ name, secret }) => [
      name,
      secret ? secretValue : (understood.get(name) ?? `value of ${name}`),
    ]),
  );
}

/** A folder that holds what the contract mounts, gone after the test. */
export function mounted({ mounts }: Pick<Contract, "mounts">): string {
  const root = temporaryFolder();
  for (const { path, files } of mounts) {
    mkdirSync(join(root, path), { recursive: true });
    for (const file of files) {
      mkdirSync(dirname(join(root, path, file)), { recursive: true });
      writeFileSync(join(root, path, file), secretValue);
    }
  }
  return root;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-mock-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let addresses = 0;

/** An address of the loopback that no other test uses, so that the declared ports themselves are free. */
export function ownAddress(): string {
  // Elsewhere the loopback has one address only.
  if (process.platform !== "linux") return "127.0.0.1";
  return `127.${1 + ((process.pid >> 8) % 250)}.${process.pid % 256}.${1 + (addresses++ % 250)}`;
}

interface Running {
  readonly output: () => string;
  /** Resolves once its output matches; rejects if it ends before. */
  readonly says: (expected: RegExp) => Promise<void>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
  readonly ended: Promise<number | null>;
}

/** Starts the program, whose process ends with the test at the latest. */
export function startMock(contract: Contract, environment: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [join(program, "main.ts"), ...contract.args], {
    env: { ...environment, MOCK_CONTRACT: JSON.stringify(contract) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close").then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      waiting.forEach((look) => look());
    });
  }
  return {
    output: () => output,
    says: (expected) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!expected.test(output)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended without saying ${expected}:\n${output}`)));
      }),
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
    ended,
  };
}

/**
 * Runs an exec probe as in the image, where the programs that probes call are the mock's.
 *
 * @param root folder that stands for `/`, where the command names files of `/tmp`
 */
export async function execProbe(
  command: readonly string[],
  host: string,
  root: string,
): Promise<number | null> {
  const path = temporaryFolder();
  for (const name of ["pg_isready", "redis-cli"]) symlinkSync(join(program, "probe.ts"), join(path, name));
  symlinkSync(process.execPath, join(path, "node"));
  const [name = "", ...args] = command.map((word) => word.replaceAll("/tmp/", `${root}/tmp/`));
  const child = spawn(name, args, {
    env: { PATH: [path, "/usr/bin", "/bin"].join(delimiter), MOCK_HOST: host },
    stdio: "ignore",
  });
  await once(child, "close");
  return child.exitCode;
}
