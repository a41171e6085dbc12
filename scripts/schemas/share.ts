import type { KindEntry, Schema } from "../../synth/schemas/table.ts";
import { childrenOf, mapChildren } from "./references.ts";
import { stable } from "./tables.ts";
import type { Tables } from "./tables.ts";

/** Below this many characters, a schema is no longer than a reference with its type. */
const worthSharing = 80;

/**
 * Gives a name to each schema that occurs more than once (generated definitions repeat a whole pod template wherever one
 * is meant), called after the field it first occurs at.
 */
export function shareRepeated(source: string, kinds: Readonly<Record<string, KindEntry>>): Tables {
  const counts = new Map<string, number>();
  Object.values(kinds).forEach(({ schema }) => count(schema, counts));
  const names = new Map<string, string>();
  const types: Record<string, Schema> = {};
  const replace = (schema: Schema, field: string): Schema => {
    const text = stable(schema);
    if (text.length < worthSharing || (counts.get(text) ?? 0) < 2) return mapChildren(schema, replace, field);
    const known = names.get(text);
    if (known !== undefined) return `#${known}`;
    const name = freeName(`${source}/${field}`, types);
    names.set(text, name);
    // Reserves the name before its children ask for theirs.
    types[name] = "any";
    types[name] = mapChildren(schema, replace, field);
    return `#${name}`;
  };
  const entries = Object.entries(kinds).map(([key, entry]) => [
    key,
    { ...entry, schema: mapChildren(entry.schema, replace) },
  ]);
  return { kinds: Object.fromEntries(entries), types };
}

/** Children of a schema that was seen before do not count again: they repeat only because it does. */
function count(schema: Schema, counts: Map<string, number>): void {
  const text = stable(schema);
  const before = counts.get(text) ?? 0;
  counts.set(text, before + 1);
  if (before === 0) childrenOf(schema).forEach((child) => count(child, counts));
}

function freeName(wish: string, taken: Readonly<Record<string, Schema>>): string {
  let name = wish;
  for (let number = 2; taken[name] !== undefined; number += 1) name = `${wish}-${number}`;
  return name;
}
