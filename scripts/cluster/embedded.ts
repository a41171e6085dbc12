import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { ProblemsError } from "../../synth/model/problem.ts";
import { isAlive } from "../process/identity.ts";
import { logTail } from "../process/log-tail.ts";
import { logOf, startProgram } from "../process/program.ts";
import type { RunningProgram } from "../process/program.ts";
import { endRecorded, recordedProcesses } from "../process/record.ts";
import type { RecordedProcess } from "../process/record.ts";
import { readTree } from "../tree/tree.ts";
import { distPath, gatherInputs, loadFleet } from "../workspace.ts";
import { digestOfFiles, filesFor } from "./dist-files.ts";
import { followProgress, progressOf } from "./progress.ts";
import type { ClusterProvider, ClusterState, StartOptions } from "./provider.ts";
import {
  forgetReady,
  forgetRequest,
  kubeconfigIn,
  readReady,
  readRequest,
  siteFolder,
  writeRequest,
} from "./state.ts";
import type { Request } from "./state.ts";

/** Name on record of the process that all others end with. */
const keeper = "slipway";
/** Milliseconds for a running cluster to take up a changed dist. */
const patience = 30_000;

/** Clusters without containers: real control plane and reconciler, simulated nodes, everything on loopback. */
export const embeddedProvider: ClusterProvider = {
  name: "embedded",
  start: async (options) => {
    const request = requestOf(options);
    if (!(await takeUp(options, request))) await begin(options, request);
    return stateOf(options.folder);
  },
  // Simulated nodes run no containers.
  loadImages: () => Promise.resolve(),
  status: ({ folder }) => Promise.resolve(stateOf(folder)),
  stop: async ({ folder }) => {
    const ended = endAll(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return ended.length > 0;
  },
};

function requestOf({ cluster, reconciler, nodes = "min" }: StartOptions): Request {
  return {
    provider: "embedded",
    cluster: cluster.name,
    nodes,
    ...(reconciler !== undefined && { reconciler }),
  };
}

/** Has a cluster that runs as it is asked for publish dist as it stands now. False if it does not. */
async function takeUp({ folder, say, ...wanted }: StartOptions, request: Request): Promise<boolean> {
  if (!runsWhole(folder)) return false;
  const running = readRequest(folder);
  if (!isDeepStrictEqual(running, request)) return false;
  const fleet = await loadFleet();
  const { reconciler = wanted.cluster.reconciler } = request;
  const cluster = { ...wanted.cluster, reconciler };
  const inputs = await gatherInputs(fleet, [cluster]);
  const digest = digestOfFiles(filesFor(fleet, cluster, inputs, readTree(distPath)));
  if (readReady(folder)?.digest === digest) {
    say("it runs already, with dist as it stands");
    return true;
  }
  const holder = keeperOf(folder);
  if (holder === undefined) return false;
  say("it runs already; publishing dist as it stands now");
  const follow = followProgress(progressOf(folder), say, sizeOf(progressOf(folder)));
  process.kill(holder.pid, "SIGHUP");
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(100)) {
    follow();
    if (readReady(folder)?.digest === digest) return true;
  }
  throw slow(folder);
}

/** Starts it, from what is left of an earlier run where there is something. Ends all of it if we are ended meanwhile. */
async function begin({ folder, say }: StartOptions, request: Request): Promise<void> {
  const left = endAll(folder);
  if (left.length > 0) say(`ended what was left of an earlier run: ${left.join(", ")}`);
  forgetReady(folder);
  rmSync(progressOf(folder), { force: true });
  // Its history is made anew; objects live on in etcd.
  rmSync(join(siteFolder(folder), "git"), { recursive: true, force: true });
  writeRequest(folder, request);
  const program = await startProgram({
    name: keeper,
    program: process.execPath,
    args: [join(import.meta.dirname, "keeper.ts"), folder],
    folder,
  });
  try {
    await untilReady(folder, say, program);
  } catch (error) {
    endAll(folder);
    if (!existsSync(join(siteFolder(folder), "etcd"))) forgetRequest(folder);
    throw error;
  }
  await program.detach();
}

async function untilReady(
  folder: string,
  say: (line: string) => void,
  program: RunningProgram,
): Promise<void> {
  const follow = followProgress(progressOf(folder), say);
  while (readReady(folder) === undefined) {
    follow();
    if (program.ended() !== undefined) {
      follow();
      throw new ProblemsError([
        {
          rule: "cluster-keeper",
          at: { definition: "scripts/cluster/keeper.ts" },
          what: `the process that runs the cluster ended with ${program.ended()}: ${program.logTail(5).join("\n    ")}`,
          fix: "mend what its last words complain of and run this again",
        },
      ]);
    }
    await sleep(100);
  }
  follow();
}

/** The keeper first, which would otherwise see the others end. */
function endAll(folder: string): readonly string[] {
  return [folder, siteFolder(folder)].flatMap(endRecorded);
}

function allRecorded(folder: string): readonly RecordedProcess[] {
  return [folder, siteFolder(folder)].flatMap(recordedProcesses);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Ready, kept, and no process of it has ended. One that was found without its keeper has none on record any more. */
function runsWhole(folder: string): boolean {
  return (
    readReady(folder) !== undefined && keeperOf(folder) !== undefined && allRecorded(folder).every(isAlive)
  );
}

/** The process that all others end with; undefined once it has ended. */
function keeperOf(folder: string): RecordedProcess | undefined {
  return recordedProcesses(folder).find((each) => each.name === keeper && isAlive(each));
}

function stateOf(folder: string): ClusterState {
  const recorded = allRecorded(folder);
  const isKept = keeperOf(folder) !== undefined;
  // Nothing is left to run without the process that runs it.
  if (!isKept) endAll(folder);
  const ready = readReady(folder);
  if (!isKept || ready === undefined) {
    return { running: false, details: existsSync(folder) ? lastWords(folder) : [] };
  }
  const gone = recorded.filter((each) => !isAlive(each)).map(({ name }) => name);
  const log = (name: string) => join(siteFolder(folder), "logs", `${name}.log`);
  return {
    running: gone.length === 0,
    kubeconfig: kubeconfigIn(folder),
    details: [
      `API server ${ready.address}, since ${ready.since}`,
      `processes: ${recorded.map(({ name, pid }) => `${name} ${pid}`).join(", ")}`,
      ...gone.map((name) => `${name} has ended: see ${log(name)}; up starts it again`),
    ],
  };
}

/** Of the process that kept it, which says nothing unless something is wrong. */
function lastWords(folder: string): readonly string[] {
  const said = logTail(logOf(folder, keeper), 5);
  return [...said.filter((line) => line.trim() !== ""), "up starts it again, with what it held"];
}

function slow(folder: string): ProblemsError {
  return new ProblemsError([
    {
      rule: "cluster-slow",
      at: { definition: "scripts/cluster/embedded.ts" },
      what: `the running cluster did not take up dist within ${patience / 1000} s`,
      fix: `look into ${join(siteFolder(folder), "logs")}, or take it down and up again`,
    },
  ]);
}
