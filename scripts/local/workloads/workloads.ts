import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { KubernetesError } from "../../kubernetes/client.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { endRecorded } from "../../process/record.ts";
import type { RunningPod } from "../ingress/backends.ts";
import { liveObjects } from "../live-objects.ts";
import { readHeld } from "./held.ts";
import { runsHere } from "./pod-contract.ts";
import { NotYet, placeOf, startPod } from "./pod-process.ts";
import type { PodProcesses } from "./pod-process.ts";

/** Milliseconds after which what a pod waited for is looked for again. */
const lookAgain = 1_000;

export interface WorkloadOptions {
  readonly client: KubernetesClient;
  /** Where logs, files of pods and the record of processes are kept. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** What simulated nodes only say that they run, run as processes: a mock for each container of our own images. */
export class Workloads {
  readonly #options: WorkloadOptions;
  readonly #ending = new AbortController();
  readonly #running = new Map<string, PodProcesses>();
  readonly #pods: ReadonlyMap<string, KubernetesObject>;
  readonly #work: Promise<void>;
  #changed = Promise.withResolvers<void>();

  constructor(options: WorkloadOptions) {
    this.#options = options;
    // Of an `up` that was killed.
    endRecorded(options.folder);
    const pods = { apiVersion: "v1", kind: "Pod" };
    this.#pods = liveObjects(options.client, pods, this.#ending.signal, () => this.#changed.resolve());
    this.#work = this.#follow();
  }

  /** Pods whose processes run. */
  pods(): readonly RunningPod[] {
    return [...this.#running.values()];
  }

  /** Resolves when each pod that the cluster has at the moment runs, or at the limit in milliseconds. */
  async caughtUp(limit: number): Promise<void> {
    for (const deadline = Date.now() + limit; Date.now() < deadline; await sleep(100)) {
      const there = await this.#options.client.list({ apiVersion: "v1", kind: "Pod" });
      const wanted = there.filter(runsHere).map(keyOf);
      if (wanted.every((key) => this.#running.has(key))) return;
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#changed.resolve();
    await this.#work;
    await this.#stop([...this.#running]);
  }

  /** One change after the other, so that a pod is started once. */
  async #follow(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await this.#changed.promise;
      this.#changed = Promise.withResolvers<void>();
      const waits = await this.#makeSo();
      if (waits) void sleep(lookAgain, undefined, { signal }).then(this.#changed.resolve, () => undefined);
    }
  }

  /** Starts and stops what is different from what the cluster says. True if a pod waits for something. */
  async #makeSo(): Promise<boolean> {
    const wanted = new Map([...this.#pods.values()].filter(runsHere).map((pod) => [keyOf(pod), pod]));
    const fresh = [...wanted].filter(([key]) => !this.#running.has(key));
    const places = new Set(fresh.map(([, pod]) => placeOf(pod)));
    const gone = [...this.#running].filter(([key]) => !wanted.has(key));
    // One of the same name has to be gone before; others end afterwards, so that a rolling update leaves no gap.
    const [before = [], after = []] = [true, false].map((first) =>
      gone.filter(([, { place }]) => places.has(place) === first),
    );
    await this.#stop(before);
    const started = await Promise.all(fresh.map(([key, pod]) => this.#start(key, pod)));
    await this.#stop(after);
    return started.includes(false);
  }

  async #stop(pods: readonly (readonly [key: string, pod: PodProcesses])[]): Promise<void> {
    for (const [key] of pods) this.#running.delete(key);
    await Promise.all(pods.map(([, pod]) => pod.stop()));
  }

  async #start(key: string, pod: KubernetesObject): Promise<boolean> {
    const { client, folder, say } = this.#options;
    try {
      const running = await startPod(folder, pod, await readHeld(client, pod));
      this.#running.set(key, running);
      for (const program of running.programs) {
        void program.end.then(() => {
          if (this.#running.get(key) !== running || this.#ending.signal.aborted) return;
          const words = program.logTail(3).filter((line) => line.startsWith("fails: "));
          const log = join(folder, "logs", `${program.name}.log`);
          say(`${pod.metadata.name} ended: ${words.join("; ") || `see ${log}`}`);
        });
      }
      return true;
    } catch (error) {
      // What it needs is not there yet, or the API server is away.
      if (error instanceof NotYet || error instanceof KubernetesError) return false;
      throw error;
    }
  }
}

/** A pod of the same name that came after it is another one. */
function keyOf(pod: KubernetesObject): string {
  return `${placeOf(pod)} ${String(pod.metadata["uid"] ?? "")}`;
}
