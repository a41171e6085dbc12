import type { SchemaSet } from "../schemas/schema-set.ts";

/** Resource name of a kind, as RBAC writes it; by English for a kind that only a chart knows. */
export function pluralOf(schemas: SchemaSet, group: string, kind: string): string {
  const known = schemas.kinds().find((info) => info.group === group && info.kind === kind);
  if (known !== undefined) return known.plural;
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
