import type { Part, Picture } from "./model.ts";

/** A message to the page. Each is complete in itself. */
export type Change =
  | { readonly event: "picture"; readonly data: Picture }
  | { readonly event: "reachable"; readonly data: boolean }
  | { readonly event: "part"; readonly data: Part }
  /** Ids of all parts there are, in their order; those that are left out are gone. */
  | { readonly event: "order"; readonly data: readonly string[] };

/** What somebody who has seen one picture has to be told to know the other. */
export function changesBetween(sent: Picture | undefined, now: Picture): readonly Change[] {
  if (sent === undefined) return [{ event: "picture", data: now }];
  const before = new Map(sent.parts.map((part) => [part.id, JSON.stringify(part)]));
  const changed = now.parts.filter((part) => before.get(part.id) !== JSON.stringify(part));
  const order = now.parts.map(({ id }) => id);
  const changes: Change[] = changed.map((part) => ({ event: "part", data: part }));
  if (order.join("\n") !== sent.parts.map(({ id }) => id).join("\n"))
    changes.push({ event: "order", data: order });
  if (sent.reachable !== now.reachable) changes.push({ event: "reachable", data: now.reachable });
  return changes;
}
