import { groupKindOf, groupOf } from "../../synth/objects/group-kind.ts";
import type { GroupKind } from "../../synth/objects/group-kind.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KindReference, WatchEvent } from "../kubernetes/client.ts";
import { applicationPart } from "./argocd.ts";
import { kustomizationPart } from "./flux.ts";
import { hasHealth, healthOf } from "./health.ts";
import { objectId } from "./inventory.ts";
import type { Listed } from "./inventory.ts";
import { sorted, worst } from "./model.ts";
import type { Judged, Part, PartObject } from "./model.ts";
import type { PartState } from "./part-state.ts";

/** Kinds whose objects are the parts of a cluster. */
export const partKinds: Readonly<Record<GroupKind, (object: KubernetesObject) => PartState>> = {
  "argoproj.io/Application": applicationPart,
  "kustomize.toolkit.fluxcd.io/Kustomization": kustomizationPart,
};

/** Puts together what is seen of a cluster: events in, parts out. Nothing here waits, reads or writes. */
export class Board {
  readonly #parts = new Map<string, PartState>();
  /** How each watched object is; undefined for one that is well by being there. */
  readonly #seen = new Map<string, Judged | undefined>();
  /** Kinds whose objects are all known, or why they are not. */
  readonly #kinds = new Map<GroupKind, "known" | { readonly unread: string }>();

  apply({ type, object }: WatchEvent): void {
    const kind = groupKindOf(object);
    const partOf = Object.hasOwn(partKinds, kind) ? partKinds[kind] : undefined;
    if (partOf !== undefined) {
      const state = partOf(object);
      if (type === "deleted") this.#parts.delete(state.part.id);
      else this.#parts.set(state.part.id, state);
    }
    const id = objectId({ group: groupOf(object.apiVersion), kind: object.kind, ...placeOf(object) });
    if (type === "deleted") this.#seen.delete(id);
    else this.#seen.set(id, healthOf(object));
  }

  /** From now on, an object of the kind that has not been seen is missing. */
  knowAll(kind: GroupKind): void {
    this.#kinds.set(kind, "known");
  }

  /** Objects of the kind cannot be read. */
  cannotRead(kind: GroupKind, why: string): void {
    this.#kinds.set(kind, { unread: why });
  }

  /** Kinds of the parts' objects that can be unwell. */
  kindsToWatch(): readonly KindReference[] {
    const found = new Map<GroupKind, KindReference>();
    for (const { listed } of this.#parts.values()) {
      for (const { group, version, kind } of listed) {
        if (!hasHealth(group, kind)) continue;
        found.set(`${group}/${kind}`, { apiVersion: group === "" ? version : `${group}/${version}`, kind });
      }
    }
    return [...found.values()];
  }

  parts(): readonly Part[] {
    return sorted([...this.#parts.values()].map((state) => this.#partOf(state)));
  }

  #partOf({ part, listed, tellsHealth }: PartState): Part {
    const objects = listed.map((each) => this.#objectOf(each));
    const judged = objects.flatMap(({ health }) => health ?? []);
    return { ...part, health: tellsHealth ? part.health : worst([part.health, ...judged]), objects };
  }

  #objectOf(listed: Listed): PartObject {
    const { group, kind, namespace, name, sync } = listed;
    const id = objectId(listed);
    const judged = hasHealth(group, kind) ? this.#judge(`${group}/${kind}`, id) : undefined;
    return {
      id,
      kind,
      ...(namespace !== "" && { namespace }),
      name,
      ...(sync !== undefined && { sync }),
      ...judged,
    };
  }

  #judge(kind: GroupKind, id: string): Judged | undefined {
    if (this.#seen.has(id)) return this.#seen.get(id);
    const state = this.#kinds.get(kind);
    if (state === undefined) return { health: "unknown" };
    if (state !== "known") return { health: "unknown", message: state.unread };
    return { health: "missing" };
  }
}

function placeOf({ metadata }: KubernetesObject): { readonly namespace: string; readonly name: string } {
  return { namespace: metadata.namespace ?? "", name: metadata.name };
}
