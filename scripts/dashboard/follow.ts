import { setTimeout as sleep } from "node:timers/promises";
import { groupKindOf } from "../../synth/objects/group-kind.ts";
import type { GroupKind } from "../../synth/objects/group-kind.ts";
import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import type { KindReference, KubernetesClient } from "../kubernetes/client.ts";
import { Board, partKinds } from "./board.ts";
import { messageOf } from "../output/message-of.ts";

/** Milliseconds after which a watch has told what there is. */
const watchBegins = 10_000;

/** A cluster that is being watched. */
export interface Followed {
  readonly board: Board;
  readonly reachable: boolean;
  /** Resolves at the next change, or when nothing more will change. */
  readonly change: () => Promise<void>;
}

/** Milliseconds between looks for a reconciler, and for an API server that has gone. */
const lookAgain = 2_000;
/** Milliseconds after which an API server that is asked whether it is ready is taken for gone. */
const longestAnswer = 5_000;

/** Watches a cluster's reconciler and the objects that it lists, until the signal is aborted. */
export function follow(client: KubernetesClient, signal: AbortSignal): Followed {
  const follower = new Follower(client, signal);
  return follower;
}

class Follower implements Followed {
  readonly board = new Board();
  reachable = true;
  readonly #client: KubernetesClient;
  readonly #signal: AbortSignal;
  readonly #watched = new Set<GroupKind>();
  #next = Promise.withResolvers<void>();

  constructor(client: KubernetesClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#changed());
    void this.#findReconcilers();
    void this.#feelPulse();
  }

  change(): Promise<void> {
    return this.#signal.aborted ? Promise.resolve() : this.#next.promise;
  }

  #changed(): void {
    const { resolve } = this.#next;
    this.#next = Promise.withResolvers<void>();
    resolve();
  }

  /** Also one that is installed later on. */
  async #findReconcilers(): Promise<void> {
    while (!this.#signal.aborted) {
      const served = await this.#client.kinds().catch(() => []);
      for (const kind of served) {
        if (Object.hasOwn(partKinds, groupKindOf(kind))) this.#watch(kind);
      }
      await this.#rest(lookAgain);
    }
  }

  /** A watch that breaks is taken up again unseen, so whether anybody answers is asked apart from it. */
  async #feelPulse(): Promise<void> {
    while (!this.#signal.aborted) {
      const answer = this.#client.raw("/readyz").then(
        () => true,
        // One that refuses is there all the same.
        (error: unknown) => error instanceof KubernetesError && [401, 403].includes(error.status),
      );
      const inTime = await Promise.race([answer, this.#rest(longestAnswer).then(() => undefined)]);
      this.#setReachable(inTime ?? false);
      // One that hangs is not asked again before it has answered.
      this.#setReachable(await answer);
      await this.#rest(lookAgain);
    }
  }

  #setReachable(reachable: boolean): void {
    if (reachable === this.reachable || this.#signal.aborted) return;
    this.reachable = reachable;
    this.#changed();
  }

  #watch(kind: KindReference): void {
    const name = groupKindOf(kind);
    if (this.#watched.has(name)) return;
    this.#watched.add(name);
    void this.#read(kind, name);
  }

  async #read(kind: KindReference, name: GroupKind): Promise<void> {
    try {
      const listed = await this.#client.list(kind);
      for (const object of listed) this.board.apply({ type: "added", object });
      this.board.knowAll(name);
      this.#lookFurther();
      const unseen = new Map(listed.map((object) => [objectName(object), object]));
      this.#dropLater(unseen);
      for await (const event of this.#client.watch(kind, this.#signal)) {
        unseen.delete(objectName(event.object));
        this.board.apply(event);
        this.#lookFurther();
      }
    } catch (error) {
      if (this.#signal.aborted) return;
      this.board.cannotRead(name, messageOf(error));
      this.#changed();
      // An API server that was away is asked again; the kind is taken up where its parts are looked at next.
      await this.#rest(lookAgain);
      this.#watched.delete(name);
      this.#lookFurther();
    }
  }

  /** A watch begins with what there is: what went between the list and the watch is not in it, nor told of. */
  #dropLater(unseen: ReadonlyMap<string, KubernetesObject>): void {
    void this.#rest(watchBegins).then(() => {
      for (const object of unseen.values()) this.board.apply({ type: "deleted", object });
      if (unseen.size > 0) this.#changed();
    });
  }

  /** What has changed may list objects of kinds that nobody watches yet. */
  #lookFurther(): void {
    for (const kind of this.board.kindsToWatch()) this.#watch(kind);
    this.#changed();
  }

  async #rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#signal }).catch(() => undefined);
  }
}
