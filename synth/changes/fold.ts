import type { Json } from "../objects/kubernetes-object.ts";
import { plain } from "../objects/plain.ts";
import type { FieldChange } from "./field-changes.ts";
import type { FieldPath } from "./field-path.ts";
import type { ObjectChange } from "./object-change.ts";
import { placeText } from "./place.ts";
import type { Place } from "./place.ts";

/** The same change, in one or more places. Values are those of the first place. */
export interface FoldedChange extends Omit<ObjectChange, "place"> {
  readonly places: readonly Place[];
}

/** Changes that differ only in where they are become one. */
export function fold(changes: readonly ObjectChange[]): readonly FoldedChange[] {
  return groupsOf(changes).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { place: _, ...rest } = first;
    const places = group.map(({ place }) => place).toSorted((a, b) => (placeText(a) < placeText(b) ? -1 : 1));
    return [{ ...rest, places }];
  });
}

/**
 * Two changes are the same if they say the same as they are, or once the names of their own places are taken out: an
 * app, its namespace and its cluster may share a name in one place and not in another.
 */
function groupsOf(changes: readonly ObjectChange[]): readonly (readonly ObjectChange[])[] {
  const groups = new Set<ObjectChange[]>();
  const byKey = new Map<string, ObjectChange[]>();
  for (const change of changes) {
    const keys = [
      signature(change, (text) => text),
      signature(change, (text) => general(text, change.place)),
    ];
    const found = keys.map((key) => byKey.get(key)).find((group) => group !== undefined) ?? [];
    found.push(change);
    groups.add(found);
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, found);
  }
  return [...groups];
}

type Rename = (text: string) => string;

/** The same for changes that say the same. */
function signature(change: ObjectChange, rename: Rename): string {
  const { operation, kind, name, subject, fields, formerOwner, moved, noise, before, after } = change;
  const whole = operation === "added" ? after : operation === "removed" ? before : undefined;
  return JSON.stringify([
    operation,
    kind,
    rename(name),
    subject,
    fields.map((field) => [field.path, ...valuesOf(field, rename)]),
    noise.map(({ path }) => path),
    formerOwner !== undefined && rename(formerOwner),
    moved,
    whole === undefined ? null : normal(plain(whole.object), rename),
  ]);
}

/** What a field says. A checksum says only that it is another; of long texts it is the lines that differ. */
function valuesOf({ path, before, after }: FieldChange, rename: Rename): readonly Json[] {
  if (isChecksum(path)) return [];
  if (typeof before !== "string" || typeof after !== "string" || !before.includes("\n"))
    return [normal(before, rename), normal(after, rename)];
  const [old, now] = [new Set(before.split("\n")), new Set(after.split("\n"))];
  return [
    [...old].filter((line) => !now.has(line)).map((line) => normal(line, rename)),
    [...now].filter((line) => !old.has(line)).map((line) => normal(line, rename)),
  ];
}

/** An annotation of pods that changes with what they read, so that they start again. */
export function isChecksum(path: FieldPath): boolean {
  return (
    path.includes("template") &&
    path.at(-2) === "annotations" &&
    /^(slipway\.dev\/|checksum\/)/.test(path.at(-1) ?? "")
  );
}

/** An image is the same in every account's registry. */
function normal(value: Json | undefined, rename: Rename): Json {
  if (value === undefined) return null;
  if (typeof value === "string") return rename(value.replace(registry, "{registry}/"));
  if (Array.isArray(value)) return value.map((member) => normal(member, rename));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        key === "slipway.dev/environment" ? "{environment}" : normal(member, rename),
      ]),
    );
  }
  return value;
}

/** Of an AWS account. */
const registry = /\b\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\//g;

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
