import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient, ListQuery, WatchEvent } from "../kubernetes/client.ts";
import type { Owner, StandIn, StandInContext } from "./stand-in.ts";
import { messageOf } from "../output/message-of.ts";

export interface Running {
  /** What went wrong last, for each object that still waits; empty where all is well. */
  readonly complaints: ReadonlyMap<string, string>;
  readonly stop: () => Promise<void>;
}

/** Milliseconds before an object is tried again that could not be dealt with. */
const pause = 1000;

/** Has a stand-in deal with every object of its kind, until it is stopped. */
export function runStandIn(
  standIn: StandIn,
  client: KubernetesClient,
  note: (object: KubernetesObject) => void,
): Running {
  const controller = new AbortController();
  const { signal } = controller;
  const queue = new Queue(standIn, { client, note, signal });
  const watches = [
    follow(client, standIn.watches, signal, ({ type, object }) => queue.put(object, type === "deleted")),
    ...(standIn.also ?? []).map((also) =>
      follow(client, also, signal, ({ object }) => {
        const owner = also.ownerOf(object);
        if (owner !== undefined) queue.again(owner);
      }),
    ),
  ];
  return {
    complaints: queue.complaints,
    stop: async () => {
      controller.abort();
      await Promise.all([...watches, queue.idle()]);
    },
  };
}

async function follow(
  client: KubernetesClient,
  query: ListQuery,
  signal: AbortSignal,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of client.watch(query, signal)) onEvent(event);
    } catch {
      // The API server refuses for a reason of its own, such as a stop under way: ask it again.
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Objects that wait, each once; one is not taken up again before it is done with. */
class Queue {
  readonly complaints = new Map<string, string>();
  readonly #standIn: StandIn;
  readonly #context: StandInContext;
  readonly #latest = new Map<string, KubernetesObject>();
  readonly #waiting = new Set<string>();
  readonly #working = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(standIn: StandIn, context: StandInContext) {
    this.#standIn = standIn;
    this.#context = context;
    context.signal.addEventListener("abort", () => {
      for (const timer of this.#timers.values()) clearTimeout(timer);
      this.#waiting.clear();
    });
  }

  put(object: KubernetesObject, isGone: boolean): void {
    const key = keyOf(object.metadata);
    if (isGone) {
      this.#latest.delete(key);
      this.complaints.delete(key);
      return;
    }
    this.#latest.set(key, object);
    this.#wake(key);
  }

  again(owner: Owner): void {
    const key = keyOf(owner);
    if (this.#latest.has(key)) this.#wake(key);
  }

  async idle(): Promise<void> {
    await Promise.all(this.#working.values());
  }

  #wake(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    if (this.#context.signal.aborted) return;
    this.#waiting.add(key);
    if (!this.#working.has(key)) this.#working.set(key, this.#work(key));
  }

  async #work(key: string): Promise<void> {
    // Later, so that the promise is known before the work begins.
    await Promise.resolve();
    while (this.#waiting.delete(key)) {
      const object = this.#latest.get(key);
      if (object === undefined) break;
      const delay = await this.#reconcile(key, object);
      if (delay !== undefined && !this.#waiting.has(key) && !this.#context.signal.aborted) {
        this.#timers.set(
          key,
          setTimeout(() => this.#wake(key), delay),
        );
      }
    }
    this.#working.delete(key);
  }

  async #reconcile(key: string, object: KubernetesObject): Promise<number | undefined> {
    try {
      const delay = await this.#standIn.reconcile(object, this.#context);
      this.complaints.delete(key);
      return delay;
    } catch (error) {
      this.complaints.set(key, messageOf(error));
      return pause;
    }
  }
}

function keyOf({ namespace, name }: Owner): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
