import type { FrozenPlace } from "../release/frozen-slice.ts";
import type { Slice } from "../resolve/slice.ts";
import type { RenderedObject, RenderedSlice } from "./render.ts";

/** A frozen slice, as the rules and the cluster's rights see it. */
export function frozenSlice(slice: Slice): RenderedSlice {
  return { slice, objects: frozenObjects(slice, "slice") };
}

/** Objects of a frozen slice in one of the places where it has some; none of a slice that is rendered. */
export function frozenObjects(
  slice: Slice,
  place: FrozenPlace,
  owner = slice.owner,
): readonly RenderedObject[] {
  const [first = "main"] = slice.stages;
  return (slice.frozen?.files ?? []).flatMap((file): RenderedObject[] => {
    if (file.place !== place || file.object === undefined) return [];
    const stage = place === "slice" ? (file.stage ?? first) : "main";
    return [{ object: file.object, owner, definition: slice.definition, stage, stack: "", isFrozen: true }];
  });
}
