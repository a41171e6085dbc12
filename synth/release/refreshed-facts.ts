import { isDeepStrictEqual } from "node:util";

type Json = string | { readonly [name: string]: Json };

/**
 * Facts for a revision: those that its definitions use, with the values that they have now. What has come since is left out,
 * and what has gone since keeps its value, because the facts have to hold exactly what the revision's definitions name.
 *
 * @param held text of the facts in the revision; undefined if it has none
 * @param current text of the facts with the values of now
 * @returns undefined where the revision has these values already
 * @throws SyntaxError if either is not JSON
 */
export function refreshedFacts(held: string | undefined, current: string): string | undefined {
  if (held === undefined) return current;
  const before: Json = JSON.parse(held);
  const after = withValues(before, JSON.parse(current));
  return isDeepStrictEqual(before, after) ? undefined : `${JSON.stringify(after, undefined, 2)}\n`;
}

function withValues(before: Json, current: Json | undefined): Json {
  if (typeof before !== "object" || typeof current !== "object") return current ?? before;
  return Object.fromEntries(
    Object.entries(before).map(([name, value]) => [name, withValues(value, current[name])]),
  );
}
