import { setTimeout as sleep } from "node:timers/promises";
import { list, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient, WatchEvent } from "../kubernetes/client.ts";
import { requestRefresh } from "./argocd-refresh.ts";

const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;
/**
 * What an Application says that could not be compared at all: its project was not known yet, its repository did not
 * answer. That its objects are refused is not among them; syncs that fail are tried again by Argo CD itself.
 */
const errors: ReadonlySet<string> = new Set(["InvalidSpecError", "ComparisonError", "UnknownError"]);
/** Milliseconds until it is compared again; each time twice as long, */
const first = 1000;
/** and this at the most. */
const longest = 30_000;

/**
 * Argo CD compares an Application that it could not compare only at its resync again, up to three minutes later: on a
 * busy machine it may hear of the first Application before it hears of its project, and does nothing for that long.
 * Has each compared again after a second, two, four and so on, until it can be.
 *
 * @returns what ends it
 */
export function retryComparisons(client: KubernetesClient): () => Promise<void> {
  const stopped = new AbortController();
  const following = new Retries(client, stopped.signal).follow();
  return async () => {
    stopped.abort();
    await following;
  };
}

class Retries {
  readonly #client: KubernetesClient;
  readonly #signal: AbortSignal;
  /** Milliseconds until the next try, by the Application's name. */
  readonly #delays = new Map<string, number>();
  readonly #waiting = new Map<string, Promise<void>>();

  constructor(client: KubernetesClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  async follow(): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        for await (const event of this.#client.watch(application, this.#signal)) this.#take(event);
      } catch {
        // An API server that is being restarted: ask it again.
        await pause(first, this.#signal);
      }
    }
    await Promise.all(this.#waiting.values());
  }

  #take({ type, object }: WatchEvent): void {
    const { name } = object.metadata;
    if (type === "deleted" || !couldNotBeCompared(object)) this.#delays.delete(name);
    else if (!this.#waiting.has(name)) this.#waiting.set(name, this.#retry(object));
  }

  /** Argo CD answers by changing the Application, which is heard of; if it does not run, nothing more is asked. */
  async #retry(object: KubernetesObject): Promise<void> {
    const { name } = object.metadata;
    const delay = this.#delays.get(name) ?? first;
    this.#delays.set(name, Math.min(delay * 2, longest));
    await pause(delay, this.#signal);
    this.#waiting.delete(name);
    // It was compared meanwhile, or has gone.
    if (this.#signal.aborted || !this.#delays.has(name)) return;
    await requestRefresh(this.#client, object).catch(() => undefined);
  }
}

function couldNotBeCompared(object: KubernetesObject): boolean {
  return list(object, "status", "conditions").some((condition) => errors.has(text(condition, "type") ?? ""));
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
