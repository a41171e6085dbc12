import { isFields } from "../../synth/objects/json-fields.ts";
import type { Fields } from "../../synth/objects/json-fields.ts";

export type Path = readonly (string | number)[];

/** A copy of the object with another value at a path (undefined removes it); `-` appends to a list. */
export function changed(object: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(object)) {
    const list: unknown[] = [...object];
    const index = key === "-" ? list.length : Number(key);
    list[index] = changed(list[index], rest, value);
    return list;
  }
  const fields: Fields = isFields(object) ? object : {};
  return { ...fields, [key]: changed(fields[key], rest, value) };
}

/** Paths of every object inside a value, itself included. */
export function objectPaths(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((member, index) => objectPaths(member, [...path, index]));
  if (!isFields(value)) return [];
  return [path, ...Object.entries(value).flatMap(([key, member]) => objectPaths(member, [...path, key]))];
}
