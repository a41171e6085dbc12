import type { Release } from "../model/release.ts";
import { sealOf } from "./seal.ts";

/** A release as its file holds it: keys in a fixed order, the maps sorted, so that a change is a change of few lines. */
export function releaseText({ images, frozen }: Release): string {
  const content = frozen
    ? {
        version: 1,
        revision: frozen.revision,
        images: sorted(images),
        ...(Object.keys(frozen.charts).length > 0 && { charts: sorted(frozen.charts) }),
        slices: sorted(frozen.slices),
        ...(frozen.facts && { facts: sorted(frozen.facts) }),
        kind: frozen.kind,
        from: frozen.from,
        who: frozen.who,
        when: frozen.when,
        why: frozen.why,
        seal: sealOf({ images, frozen }),
      }
    : { images: sorted(images) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function sorted<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
