import { effects } from "../../synth/changes/effect.ts";
import type { Effect } from "../../synth/changes/effect.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import { environments } from "../../synth/model/names.ts";
import { placeText } from "../../synth/changes/place.ts";
import type { Place, Subject } from "../../synth/changes/place.ts";

/** Changes of one app, add-on or cluster, by where they are and what they do. */
export interface SubjectGroup {
  readonly subject: Subject;
  readonly places: readonly PlaceGroup[];
}

interface PlaceGroup {
  readonly places: readonly Place[];
  readonly effects: readonly { readonly effect: Effect; readonly changes: readonly FoldedChange[] }[];
}

const order: Readonly<Record<Subject["kind"], number>> = { app: 0, addon: 1, cluster: 2 };

/** Apps first, then add-ons, then clusters; within each what reaches production first, gravest effects first. */
export function groupChanges(changes: readonly FoldedChange[]): readonly SubjectGroup[] {
  const bySubject = Map.groupBy(changes, ({ subject }) => `${order[subject.kind]} ${subject.name}`);
  return [...bySubject]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      return first === undefined ? [] : [{ subject: first.subject, places: byPlaces(group) }];
    });
}

function byPlaces(changes: readonly FoldedChange[]): readonly PlaceGroup[] {
  const groups = Map.groupBy(changes, ({ places }) => [...new Set(places.map(placeText))].join("\n"));
  return [...groups.values()].toSorted(byReach).map((group) => ({
    places: group[0]?.places ?? [],
    effects: effects.flatMap((effect) => {
      const those = group.filter((change) => change.effects[0] === effect);
      return those.length === 0 ? [] : [{ effect, changes: those }];
    }),
  }));
}

/** What goes furthest on the way of releases comes first, and of these what is in the most places. */
function byReach([a]: readonly FoldedChange[], [b]: readonly FoldedChange[]): number {
  const [left, right] = [a?.places ?? [], b?.places ?? []];
  return furthest(right) - furthest(left) || right.length - left.length;
}

function furthest(places: readonly Place[]): number {
  return Math.max(...places.map(({ environment }) => environments.findIndex((name) => name === environment)));
}
