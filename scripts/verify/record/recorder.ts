import { setTimeout as sleep } from "node:timers/promises";
import { list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KindReference, KubernetesClient, WatchEvent } from "../../kubernetes/client.ts";
import type { ObjectKey } from "../object-key.ts";
import type { ReconcilerView, Trouble } from "../reconcilers/reconciler-view.ts";
import { History } from "./history.ts";
import { hasCondition } from "./readiness.ts";

/** Kinds that say nothing of what dist brings about, and change all the time. */
const noise: ReadonlySet<string> = new Set([
  "Event",
  "Lease",
  "Endpoints",
  "EndpointSlice",
  "ComponentStatus",
  "ControllerRevision",
]);

/** Milliseconds in which changes gather before they are looked at: a busy cluster makes hundreds a second. */
const gathering = 50;

/** Watches every object of a cluster, of kinds that come later too, and remembers what becomes of each. */
export class Recorder {
  readonly history = new History();
  /** Every complaint of the reconciler, in order, each text of an object once. */
  readonly troubles: Trouble[] = [];
  readonly #client: KubernetesClient;
  readonly #view: ReconcilerView;
  readonly #stopped = new AbortController();
  readonly #watched = new Set<string>();
  readonly #told = new Set<string>();
  readonly #listeners = new Set<(object: KubernetesObject) => void>();
  #failure: unknown;
  #wake: () => void = () => undefined;

  constructor(client: KubernetesClient, view: ReconcilerView) {
    this.#client = client;
    this.#view = view;
  }

  /** Resolves when every kind that is served is watched. */
  async start(): Promise<void> {
    for (const kind of await this.#client.kinds()) {
      if (kind.verbs.includes("watch") && !noise.has(kind.kind)) this.#watch(kind);
    }
  }

  /** Objects that are there now. */
  *live(): Generator<KubernetesObject> {
    for (const { object, deletedAt } of this.history.all.values()) if (deletedAt === undefined) yield object;
  }

  get(key: ObjectKey): KubernetesObject | undefined {
    const history = this.history.all.get(key);
    return history?.deletedAt === undefined ? history?.object : undefined;
  }

  /**
   * Waits until `look` returns something, asking again whenever anything changed and once a second; undefined once
   * the seconds are over, which may become more meanwhile.
   */
  async until<Found>(look: () => Found | undefined, seconds: () => number): Promise<Found | undefined> {
    const started = Date.now();
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const found = look();
      const left = started + seconds() * 1000 - Date.now();
      if (found !== undefined || left <= 0) return found;
      await this.#change(Math.min(left, 1000));
      await sleep(gathering);
    }
  }

  /** Forgets what became of these, as if they had never been: what comes under their name is new. */
  forget(which: (object: KubernetesObject) => boolean): void {
    this.history.forget(which);
    this.troubles.length = 0;
    this.#told.clear();
  }

  /** Tells every change of every object from now on; returns what ends that. */
  onChange(listener: (object: KubernetesObject) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  stop(): void {
    this.#stopped.abort();
    this.#wake();
  }

  async #change(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    const changed = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([
      changed,
      sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
  }

  #watch({ apiVersion, kind }: KindReference): void {
    const name = `${apiVersion} ${kind}`;
    if (this.#watched.has(name)) return;
    this.#watched.add(name);
    void this.#follow({ apiVersion, kind }).catch((error: unknown) => {
      this.#failure = error;
      this.#wake();
    });
  }

  async #follow(kind: KindReference): Promise<void> {
    for await (const event of this.#client.watch(kind, this.#stopped.signal)) this.#take(event);
  }

  #take(event: WatchEvent): void {
    const { object } = event;
    this.history.apply(event);
    for (const listener of this.#listeners) listener(object);
    const trouble = event.type === "deleted" ? undefined : this.#view.troubleOf(object);
    if (trouble !== undefined && !this.#told.has(`${trouble.object} ${trouble.message}`)) {
      this.#told.add(`${trouble.object} ${trouble.message}`);
      this.troubles.push(trouble);
    }
    if (object.kind === "CustomResourceDefinition" && hasCondition(object, "Established")) {
      const version = list(object, "spec", "versions").find((each) => storesIn(each));
      const group = text(object, "spec", "group") ?? "";
      const kind = text(object, "spec", "names", "kind") ?? "";
      this.#watch({ apiVersion: `${group}/${text(version, "name") ?? ""}`, kind });
    }
    this.#wake();
  }
}

function storesIn(version: unknown): boolean {
  return typeof version === "object" && version !== null && "storage" in version && version.storage === true;
}
