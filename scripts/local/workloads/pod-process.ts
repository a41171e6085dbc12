import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringMap } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { listens } from "../../control-plane/redis.ts";
import { freePorts } from "../../process/free-ports.ts";
import { startProgram } from "../../process/program.ts";
import type { RunningProgram } from "../../process/program.ts";
import type { RunningPod } from "../ingress/backends.ts";
import { environmentOf } from "./environment.ts";
import { filesOf } from "./files.ts";
import type { MountedFiles } from "./files.ts";
import type { Held } from "./held.ts";
import { podContainers } from "./pod-contract.ts";
import type { PodContainer } from "./pod-contract.ts";

const program = join(import.meta.dirname, "../../mock-workload/program/main.ts");

/** Milliseconds that a mock may take to open its ports, on a machine that does much else. */
const patience = 10_000;

export interface PodProcesses extends RunningPod {
  readonly programs: readonly RunningProgram[];
  readonly stop: () => Promise<void>;
}

/** Where a pod is, by which its files are found: no two pods have it at once. */
export function placeOf({ metadata: { name, namespace = "default" } }: KubernetesObject): string {
  return `${namespace}.${name}`;
}

/** Thrown where something that a pod is promised is not there yet. */
export class NotYet extends Error {}

/**
 * Starts a mock for each container of a pod, with the variables and files that the kubelet would give it. Each of its
 * ports stands for one that the container declares.
 *
 * @param folder where logs and the processes' record are kept; files of the pod lie there as long as it runs
 * @throws NotYet where a ConfigMap or a Secret is missing
 */
export async function startPod(folder: string, pod: KubernetesObject, held: Held): Promise<PodProcesses> {
  const { namespace = "default" } = pod.metadata;
  const place = placeOf(pod);
  const mounted = join(folder, "pods", place);
  const started: { readonly program: RunningProgram; readonly ports: RunningPod["ports"] }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(({ program }) => program.stop()));
    rmSync(mounted, { recursive: true, force: true });
  };
  try {
    for (const container of podContainers(pod, held)) {
      started.push(await startContainer(folder, mounted, { pod, held, container }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    place,
    namespace,
    labels: stringMap(pod.metadata, "labels"),
    ports: started.flatMap(({ ports }) => ports),
    programs: started.map(({ program }) => program),
    stop,
  };
}

interface Wanted {
  readonly pod: KubernetesObject;
  readonly held: Held;
  readonly container: PodContainer;
}

async function startContainer(folder: string, mounted: string, { pod, held, container }: Wanted) {
  const { values, missing } = environmentOf(pod, container.spec, held);
  if (missing.length > 0) throw new NotYet(missing.join("; "));
  const root = join(mounted, container.name);
  writeMounts(root, filesOf(pod, container.spec, held));
  const { contract } = container;
  const free = await freePorts(contract.ports.length);
  const ports = contract.ports.map(({ name, number }, index) => ({ name, number, local: free[index] ?? 0 }));
  const local = (number: number) => ports.find((port) => port.number === number)?.local ?? number;
  const moved = {
    ...contract,
    ports: contract.ports.map((port) => ({ ...port, number: local(port.number) })),
    pages: contract.pages.map((page) => ({ ...page, port: local(page.port) })),
  };
  const running = await startProgram({
    name: `${pod.metadata.name}.${container.name}`,
    program: process.execPath,
    // As they are written: expanded ones may hold a secret, and command lines are for all to see.
    args: [program, ...contract.args],
    env: { ...values, MOCK_CONTRACT: JSON.stringify(moved), MOCK_ROOT: root },
    folder,
  });
  await untilListening(running, ports);
  return { program: running, ports };
}

/** Or until it ended, or takes long: what it says is in its log. */
async function untilListening(program: RunningProgram, ports: RunningPod["ports"]): Promise<void> {
  const [first] = ports;
  if (first === undefined) return;
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(25)) {
    if (program.ended() !== undefined || (await listens(first.local))) return;
  }
}

/** Readable by this user alone: some are secrets. */
function writeMounts(root: string, { folders, files }: MountedFiles): void {
  for (const folder of ["/", ...folders]) mkdirSync(inside(root, folder), { recursive: true, mode: 0o700 });
  for (const { path, content } of files) {
    const place = inside(root, path);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    writeFileSync(place, content, { mode: 0o600 });
  }
}

/** @throws Error for a path that would leave the root */
function inside(root: string, path: string): string {
  const place = resolve(root, `.${sep}${path}`);
  if (place === root || place.startsWith(`${root}${sep}`)) return place;
  throw new Error(`${path} leads out of the container`);
}
