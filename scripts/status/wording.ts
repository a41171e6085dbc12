import type { Delivery } from "./delivery.ts";
import type { Behind, EnvironmentStatus } from "./environment-status.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** `3 d`, `5 h`, `12 min`: one unit, since nobody decides by the second one. */
export function duration(seconds: number): string {
  if (seconds >= 2 * day) return `${Math.round(seconds / day)} d`;
  if (seconds >= 2 * hour) return `${Math.round(seconds / hour)} h`;
  return `${Math.max(0, Math.round(seconds / minute))} min`;
}

/** `main`, or the start of the revision with how it came to be, where that was no promotion. */
export function releaseText({ revision, kind }: EnvironmentStatus): string {
  if (revision === null) return "main";
  return revision.slice(0, 12) + (kind === "promote" || kind === null ? "" : ` (${kind})`);
}

/** `4 commits, image api` */
export function behindText(behind: Behind | null): string {
  if (behind === null) return "-";
  const { commits, images, of } = behind;
  const parts = [
    ...(commits.length > 0 ? [`${commits.length} ${commits.length === 1 ? "commit" : "commits"}`] : []),
    ...(images.length > 0
      ? [`${images.length === 1 ? "image" : "images"} ${images.map(({ name }) => name).join(", ")}`]
      : []),
  ];
  return parts.length === 0 ? `level with ${of}` : `${parts.join(", ")} behind ${of}`;
}

/** Each figure of delivery with what it is called. */
export function deliveryFigures(delivery: Delivery): readonly (readonly [string, string])[] {
  const { releases, perWeek, leadTime, changeFailureRate, timeToRestore } = delivery;
  return [
    ["releases", `${releases} (${perWeek.toFixed(1)} a week)`],
    ["lead time", leadTime === null ? "-" : duration(leadTime)],
    ["change failures", changeFailureRate === null ? "-" : `${Math.round(changeFailureRate * 100)} %`],
    ["time to restore", timeToRestore === null ? "-" : duration(timeToRestore)],
  ];
}

export function agoText(since: number | null, at: string): string {
  return since === null ? "-" : duration(Date.parse(at) / 1000 - since);
}
