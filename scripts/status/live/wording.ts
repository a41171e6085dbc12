import type { LivePlacement } from "./live-placement.ts";

/** `synced, healthy at 1a2b3c4d`; with the names of the clusters where there are several. */
export function liveText(placements: readonly LivePlacement[]): string {
  const [first, ...others] = placements;
  if (first === undefined) return "-";
  if (others.length === 0) return stateText(first);
  return placements.map((each) => `${each.cluster}: ${stateText(each)}`).join("; ");
}

function stateText({ state, sync, health, revision }: LivePlacement): string {
  if (state === "unreachable") return "not reached";
  if (state === "absent") return "not there";
  return `${sync}, ${health}${revision === null ? "" : ` at ${revision}`}`;
}
