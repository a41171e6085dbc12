import { text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { WatchEvent } from "../../kubernetes/client.ts";
import { keyOf } from "../object-key.ts";
import type { ObjectKey } from "../object-key.ts";
import { isReady } from "./readiness.ts";

/** What became of one object. Times are the API server's revisions, which order events of all kinds. */
export interface ObjectHistory {
  readonly key: ObjectKey;
  /** As it was last seen. */
  object: KubernetesObject;
  /** Undefined if it was there before the record began. */
  readonly createdAt: bigint | undefined;
  /** When it first was ready; undefined if it never was, or is of a kind that has nothing to wait for. */
  readyAt: bigint | undefined;
  /** When it went away, unless it is there. */
  deletedAt: bigint | undefined;
  /** Every one that bore this name, in order: more than one if it was made anew. */
  readonly uids: string[];
}

export type Histories = ReadonlyMap<ObjectKey, ObjectHistory>;

/** The record of a run: every object that was there, from watch events in the order in which they arrive. */
export class History {
  readonly #objects = new Map<ObjectKey, ObjectHistory>();
  #began = 0n;

  /** All objects that ever were. */
  get all(): Histories {
    return this.#objects;
  }

  /** Objects seen so far were there before; what follows is the run. */
  begin(revision: bigint): void {
    this.#began = revision;
  }

  forget(which: (object: KubernetesObject) => boolean): void {
    for (const [key, { object }] of this.#objects) if (which(object)) this.#objects.delete(key);
  }

  apply({ type, object }: WatchEvent): void {
    const key = keyOf(object);
    const revision = revisionOf(object);
    const known = this.#objects.get(key);
    const history = known ?? this.#first(key, object, revision);
    const uid = text(object.metadata, "uid") ?? "";
    if (history.uids.at(-1) !== uid) history.uids.push(uid);
    history.object = object;
    history.deletedAt = type === "deleted" ? revision : undefined;
    if (history.readyAt === undefined && type !== "deleted" && isReady(object) === true)
      history.readyAt = revision;
  }

  #first(key: ObjectKey, object: KubernetesObject, revision: bigint): ObjectHistory {
    const history: ObjectHistory = {
      key,
      object,
      createdAt: revision <= this.#began ? undefined : revision,
      readyAt: undefined,
      deletedAt: undefined,
      uids: [],
    };
    this.#objects.set(key, history);
    return history;
  }
}

/** The API server's revision of an object: since Kubernetes 1.35 promised to be a number that grows. */
export function revisionOf(object: KubernetesObject): bigint {
  const revision = text(object.metadata, "resourceVersion") ?? "0";
  return /^\d+$/.test(revision) ? BigInt(revision) : 0n;
}
