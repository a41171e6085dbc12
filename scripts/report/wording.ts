import { shortVersion, splitImage } from "../../synth/changes/image.ts";
import type { Changes } from "../../synth/changes/changes.ts";
import type { ReplicaRange } from "../../synth/changes/cluster-pods.ts";
import type { Effect } from "../../synth/changes/effect.ts";
import { effects } from "../../synth/changes/effect.ts";
import { pathText } from "../../synth/changes/field-path.ts";
import type { FieldPath } from "../../synth/changes/field-path.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import type { Operation } from "../../synth/changes/object-change.ts";
import { placeText } from "../../synth/changes/place.ts";
import type { Place } from "../../synth/changes/place.ts";
import type { VersionChange } from "../../synth/changes/versions.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";

/** What all reports say alike: words for changes, without colours or markup. */

export const marks: Readonly<Record<Operation, string>> = {
  added: "+",
  removed: "-",
  changed: "~",
  replaced: "↻",
};

/** `Deployment api`, with what becomes of it where that is not plain. */
export function headline({ kind, name, operation, formerOwner, places }: FoldedChange): string {
  const others = new Set(places.map((place) => place.name.replace(/-[0-9a-f]{10}$/, ""))).size - 1;
  const object = `${kind.slice(kind.indexOf("/") + 1)} ${name}${others > 0 ? ` and ${others} alike` : ""}`;
  const [first] = places;
  if (formerOwner !== undefined) return `${object}, taken over by ${first?.owner ?? ""} from ${formerOwner}`;
  if (operation === "replaced")
    return kind === "batch/Job" ? `${object} runs again` : `${object} gets a new version`;
  return operation === "removed"
    ? `${object} is removed`
    : operation === "added"
      ? `${object} is new`
      : object;
}

const podPaths = [
  ["spec", "template", "spec"],
  ["spec", "jobTemplate", "spec", "template", "spec"],
];

/** A field's path without what goes without saying: `containers[api].image`. */
export function fieldText(path: FieldPath): string {
  const prefix = podPaths.find((candidate) => candidate.every((part, index) => path[index] === part));
  const shown = prefix !== undefined && path.length > prefix.length ? path.slice(prefix.length) : path;
  const rest = prefix === undefined && shown[0] === "spec" && shown.length > 1 ? shown.slice(1) : shown;
  return pathText(rest).replace(/\[\]$/, "");
}

/** Longest value that is shown whole, in characters: a page of text. */
const longestValue = 2000;

/** A value on one line, its end left out where it is very long; nothing is `-`. An image goes without its registry, and a digest without its end. */
export function valueText(value: Json | undefined): string {
  const text = wholeText(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}… (${text.length} characters)`;
}

function wholeText(value: Json | undefined): string {
  if (value === undefined || value === null) return "-";
  if (typeof value !== "string") return flowText(value);
  const image = /[/@]/.test(value) ? splitImage(value) : undefined;
  if (image !== undefined && image.version !== "") {
    const name = image.repository.slice(image.repository.lastIndexOf("/") + 1);
    return `${name} ${shortVersion(image.version)}`;
  }
  return value === "" ? '""' : value;
}

/** Data on one line, with quotes only where they tell something. */
function flowText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, member]) => `${key}: ${flowText(member)}`)
      .join(", ")}}`;
  if (typeof value === "string" && /^[A-Za-z][\w./:@=-]*$/.test(value)) return value;
  return JSON.stringify(value);
}

export function versionText({ of }: Pick<VersionChange, "of">, version: string | undefined): string {
  if (version === undefined) return "-";
  return of === "image" ? shortVersion(version) : version;
}

/** `2`, `2-8`, or `-` where there is none. */
export function rangeText(range: ReplicaRange | undefined): string {
  if (range === undefined) return "-";
  return range.min === range.max ? String(range.min) : `${range.min}-${range.max}`;
}

/** Places as people count them; many of them by cluster alone. */
export function placesText(places: readonly Pick<Place, "cluster" | "environment">[], most = 4): string {
  const texts = [...new Set(places.map(placeText))].toSorted();
  return texts.length <= most
    ? texts.join(", ")
    : `${texts.slice(0, most - 1).join(", ")} and ${texts.length - most + 1} more`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** How many changes have each effect, counted once by their gravest. */
export function effectCounts(changes: readonly FoldedChange[]): readonly (readonly [Effect, number])[] {
  return effects.flatMap((effect) => {
    const { length } = changes.filter((change) => change.effects[0] === effect);
    return length === 0 ? [] : [[effect, length] as const];
  });
}

/** One sentence on the whole: `3 changes in 2 clusters: 1 rollout, 2 config`. */
export function summaryText({ folded, objects }: Changes): string {
  if (folded.length === 0) return "Nothing changes in any cluster.";
  const real = objects.filter(({ effects: found }) => found.length > 0);
  const clusters = new Set(real.map(({ place }) => place.cluster));
  const counts = effectCounts(folded).map(([effect, number]) => `${number} ${effect}`);
  const objectsText = real.length === folded.length ? "" : ` to ${count(real.length, "object")}`;
  return `${count(folded.length, "change")}${objectsText} in ${count(clusters.size, "cluster")}: ${counts.join(", ")}`;
}

export function noiseText({ noise, objects }: Changes): string | undefined {
  const inside = objects.filter(({ effects: found, noise: fields }) => found.length > 0 && fields.length > 0);
  const parts = [
    ...(noise.length === 0
      ? []
      : [
          `${count(
            noise.reduce((sum, { places }) => sum + places.length, 0),
            "object",
          )} of which only ${noiseKinds(noise)} changed`,
        ]),
    ...(inside.length === 0
      ? []
      : [`bookkeeping labels or annotations of ${count(inside.length, "changed object")}`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

function noiseKinds(noise: readonly FoldedChange[]): string {
  const words = [
    ...(noise.some(({ noise: fields }) => fields.length > 0) ? ["bookkeeping labels or annotations"] : []),
    ...(noise.some(({ moved }) => moved) ? ["the path"] : []),
    ...(noise.some(({ noise: fields, moved }) => fields.length === 0 && !moved) ? ["order or format"] : []),
  ];
  return words.join(", ");
}
