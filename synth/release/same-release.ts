import type { Release } from "../model/release.ts";

/** Whether clusters run the same under both: the same images, and the same bytes on the same clusters. */
export function runTheSame(a: Release, b: Release): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ images, frozen }: Release): string {
  return JSON.stringify([entries(images), entries(frozen?.slices ?? {})]);
}

function entries(map: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
