import { styleText } from "node:util";
import { visibleLine } from "../output/problems.ts";
import { tableLines } from "../output/table.ts";
import { healths, isSettled } from "./model.ts";
import { releaseOf } from "./placed-releases.ts";
import type { Health, Part, PartObject, Picture } from "./model.ts";

/**
 * The cluster as a table, and below it what is not well, with its words.
 *
 * @param releases what the repository has each placement at
 */
export function statusLines(
  { parts }: Picture,
  width: number,
  releases: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  if (parts.length === 0) return ["no Application or Kustomization is here"];
  const table = tableLines(
    ["PART", "LAYER", "SYNC", "HEALTH", "OBJECTS", "RELEASE", "REVISION"],
    parts.map(({ name, layer, sync, health, objects, revision = "" }) => [
      visibleLine(name),
      visibleLine(layer),
      sync,
      health,
      String(objects.length),
      releaseOf(releases, name),
      visibleLine(revision),
    ]),
    width,
  );
  return [...table, ...unwellLines(parts), "", summary(parts)];
}

/** What of a cluster is not well, each part with its words. */
export function unwellLines(parts: readonly Part[]): readonly string[] {
  return parts.filter((part) => !isSettled(part)).flatMap(explain);
}

/** Objects of a part that are told of at most; one fault tends to show in many. */
const mostObjects = 5;

function explain({ name, error, note, sync, health, objects }: Part): readonly string[] {
  const unwell = objects.filter(isUnwell).toSorted((a, b) => weight(b) - weight(a));
  const further = unwell.length - mostObjects;
  return [
    "",
    `${styleText(colours[health], visibleLine(name))}  ${sync}, ${health}`,
    ...(error ?? note ?? "").split("\n").flatMap((line) => (line === "" ? [] : [`  ${visibleLine(line)}`])),
    ...unwell.slice(0, mostObjects).map(objectLine),
    ...(further > 0 ? [`  and ${further} more`] : []),
  ];
}

/** What fails comes before what is only not yet as git has it. */
function weight({ health }: PartObject): number {
  return health === undefined || health === "missing" ? 0 : healths.indexOf(health);
}

function objectLine({ kind, namespace, name, health, sync, message }: PartObject): string {
  const place = [kind, namespace, name].filter((part) => part !== undefined).join("/");
  const states = [sync === "out-of-sync" ? sync : undefined, health === "healthy" ? undefined : health];
  const state = states.filter((each) => each !== undefined).join(", ");
  return `  ${visibleLine(place)}: ${state}${message === undefined ? "" : `, ${visibleLine(message)}`}`;
}

function isUnwell({ health, sync }: PartObject): boolean {
  return sync === "out-of-sync" || (health !== undefined && health !== "healthy" && health !== "suspended");
}

const colours: Readonly<Record<Health, "green" | "yellow" | "red">> = {
  healthy: "green",
  suspended: "yellow",
  unknown: "yellow",
  progressing: "yellow",
  missing: "red",
  degraded: "red",
};

/** `8 parts, synced and healthy` */
export function summary(parts: readonly Part[]): string {
  const unwell = parts.filter((part) => !isSettled(part));
  const all = parts.length === 1 ? "1 part" : `${parts.length} parts`;
  return unwell.length === 0
    ? `${all}, synced and healthy`
    : `${unwell.length} of ${all} not synced and healthy`;
}
