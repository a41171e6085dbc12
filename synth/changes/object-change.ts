import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import type { DistObject } from "./dist-object.ts";
import { effectOfField, effectOfKind, effects } from "./effect.ts";
import type { Effect } from "./effect.ts";
import { fieldChanges } from "./field-changes.ts";
import type { FieldChange } from "./field-changes.ts";
import { stemOf } from "./match.ts";
import type { Pair } from "./match.ts";
import { isNoise } from "./noise.ts";
import { placeOf, subjectOf } from "./place.ts";
import type { Place, Subject } from "./place.ts";

/** What becomes of an object. A replaced one goes, and the next of its name comes. */
export type Operation = "added" | "removed" | "changed" | "replaced";

export interface EffectiveField extends FieldChange {
  readonly effect: Effect;
}

/** What becomes of one object of one cluster. */
export interface ObjectChange {
  readonly operation: Operation;
  readonly kind: GroupKind;
  /** Its name, without a digest. */
  readonly name: string;
  readonly subject: Subject;
  readonly place: Place;
  /** Without noise. Empty where the object comes or goes as a whole. */
  readonly fields: readonly EffectiveField[];
  readonly noise: readonly FieldChange[];
  /** The owner it had, where another slice takes it over. */
  readonly formerOwner: string | undefined;
  /** Whether its file moved. */
  readonly moved: boolean;
  /** All that it does, gravest first; empty if it is noise. */
  readonly effects: readonly Effect[];
  readonly before: DistObject | undefined;
  readonly after: DistObject | undefined;
}

export function objectChange({ before, after }: Pair, schemas: SchemaSet): ObjectChange | undefined {
  const one = after ?? before;
  if (one === undefined) return undefined;
  const kind = groupKindOf(one.object);
  const differing = before && after ? fieldChanges(before.object, after.object, schemas) : [];
  const operation = operationOf(before, after);
  const named = differing.filter(
    ({ path }) => !(operation === "replaced" && path.join(".") === "metadata.name"),
  );
  const noise = named.filter(({ path }) => isNoise(kind, path));
  const fields = named
    .filter((change) => !noise.includes(change))
    .map((change) => ({ ...change, effect: effectOfField(kind, change.path) }));
  const formerOwner = before && after && before.owner !== after.owner ? before.owner : undefined;
  const found = new Set<Effect>(fields.map(({ effect }) => effect));
  if (operation === "removed") found.add("deletion");
  if (operation === "added" || operation === "replaced") found.add(effectOfKind(kind));
  if (formerOwner !== undefined) found.add("config");
  return {
    operation,
    kind,
    name: stemOf(one),
    subject: subjectOf(one),
    place: placeOf(one),
    fields,
    noise,
    formerOwner,
    moved:
      before !== undefined && after !== undefined && before.path !== after.path && operation === "changed",
    effects: effects.filter((effect) => found.has(effect)),
    before,
    after,
  };
}

function operationOf(before: DistObject | undefined, after: DistObject | undefined): Operation {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  return before.object.metadata.name === after.object.metadata.name ? "changed" : "replaced";
}
