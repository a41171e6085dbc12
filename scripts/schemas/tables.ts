import type { KindEntry, Schema, SchemaFile } from "../../synth/schemas/table.ts";

/** What a source gives: everything of a data file but its header. */
export type Tables = Pick<SchemaFile, "kinds" | "types">;

/** A data file as text: sorted, a kind or type on each line, so that an upgrade's diff can be read. */
export function tablesText(source: SchemaFile["source"], { kinds, types }: Tables): string {
  return [
    "{",
    `  "source": ${JSON.stringify(source)},`,
    `  "kinds": ${lines(kinds)},`,
    `  "types": ${lines(types)}`,
    "}",
    "",
  ].join("\n");
}

function lines(entries: Readonly<Record<string, KindEntry | Schema>>): string {
  const names = Object.keys(entries).toSorted();
  if (names.length === 0) return "{}";
  return `{\n${names.map((name) => `    ${JSON.stringify(name)}: ${stable(entries[name])}`).join(",\n")}\n  }`;
}

/** JSON with the keys of `fields` and all other objects in order. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
