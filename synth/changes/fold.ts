import type { Json } from "../objects/kubernetes-object.ts";
import { plain } from "../objects/plain.ts";
import { splitImage } from "./image.ts";
import type { ObjectChange } from "./object-change.ts";
import { placeText } from "./place.ts";
import type { Place } from "./place.ts";

/** The same change, in one or more places. Values are those of the first place. */
export interface FoldedChange extends Omit<ObjectChange, "place"> {
  readonly places: readonly Place[];
}

/** Changes that differ only in where they are become one. */
export function fold(changes: readonly ObjectChange[]): readonly FoldedChange[] {
  const groups = Map.groupBy(changes, signature);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { place: _, ...rest } = first;
    const places = group.map(({ place }) => place).toSorted((a, b) => (placeText(a) < placeText(b) ? -1 : 1));
    return [{ ...rest, places }];
  });
}

/** The same for changes that say the same, each of its own place. */
function signature(change: ObjectChange): string {
  const { operation, kind, name, subject, fields, formerOwner, moved, noise, place, before, after } = change;
  const whole = operation === "added" ? after : operation === "removed" ? before : undefined;
  return JSON.stringify([
    operation,
    kind,
    general(name, place),
    subject,
    fields.map(({ path, before: old, after: now }) => [path, normal(old, place), normal(now, place)]),
    noise.map(({ path }) => path),
    formerOwner !== undefined && general(formerOwner, place),
    moved,
    whole === undefined ? null : normal(plain(whole.object), place),
  ]);
}

/** A value with what is the place's own taken out: an image is the same in every account's registry. */
function normal(value: Json | undefined, place: Place): Json {
  if (value === undefined) return null;
  if (typeof value === "string") return general(withoutRegistry(value), place);
  if (Array.isArray(value)) return value.map((member) => normal(member, place));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        key === "slipway.dev/environment" ? "{environment}" : normal(member, place),
      ]),
    );
  }
  return value;
}

const patterns = new Map<string, RegExp>();

/** Only whole names are taken out: `shop` of `shop-dev` stays. */
function general(text: string, { owner, namespace = "", cluster }: Place): string {
  const names = [
    [owner, "{owner}"],
    [namespace, "{namespace}"],
    [cluster, "{cluster}"],
  ] as const;
  return names.reduce(
    (result, [name, token]) =>
      name === "" || !result.includes(name) ? result : result.replace(patternOf(name), token),
    text,
  );
}

function patternOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known !== undefined) return known;
  const pattern = new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`, "g");
  patterns.set(name, pattern);
  return pattern;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function withoutRegistry(text: string): string {
  const image = splitImage(text);
  return image === undefined ? text : `${image.repository} ${image.version}`;
}
