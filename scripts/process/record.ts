import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { array, integer, minValue, number, parse, pipe, strictObject, string } from "valibot";
import type { InferOutput } from "valibot";
import { writeWhole } from "../whole-file.ts";
import { isAlive } from "./identity.ts";

const recordedSchema = strictObject({
  name: string(),
  pid: pipe(number(), integer(), minValue(2)),
  started: string(),
});
const recordSchema = strictObject({ processes: array(recordedSchema) });

/** A process that was started for a folder. */
export type RecordedProcess = InferOutput<typeof recordedSchema>;

function fileIn(folder: string): string {
  return join(folder, "processes.json");
}

/** What was started for this folder, whether it still runs or not. Empty where the record is not to be read. */
export function recordedProcesses(folder: string): readonly RecordedProcess[] {
  const file = fileIn(folder);
  if (!existsSync(file)) return [];
  return parse(recordSchema, JSON.parse(readFileSync(file, "utf8"))).processes;
}

export function livingProcesses(folder: string): readonly RecordedProcess[] {
  return recordedProcesses(folder).filter(isAlive);
}

/** Adds a process, in place of one of the same name that has ended. Complete at any moment: a rename. */
export function recordProcess(folder: string, added: RecordedProcess): void {
  const others = recordedProcesses(folder).filter(
    (each) => each.pid !== added.pid && (each.name !== added.name || isAlive(each)),
  );
  write(folder, [...others, added]);
}

export function forgetProcess(folder: string, pid: number): void {
  write(
    folder,
    recordedProcesses(folder).filter((each) => each.pid !== pid),
  );
}

function write(folder: string, processes: readonly RecordedProcess[]): void {
  if (processes.length === 0) return rmSync(fileIn(folder), { force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(fileIn(folder), `${JSON.stringify({ processes }, undefined, 2)}\n`);
}

/**
 * Ends every process that is recorded and still is the one that was started, with the children in its group.
 *
 * @returns the names of those that ran
 */
export function endRecorded(folder: string): readonly string[] {
  const living = livingProcesses(folder);
  for (const { pid } of living.toReversed()) endGroup(pid);
  rmSync(fileIn(folder), { force: true });
  return living.map(({ name }) => name);
}

/** Nothing they hold is worth a goodbye, and one that hangs would never say it. */
export function endGroup(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, "SIGKILL");
      return;
    } catch {
      // No group where its leader has not made one yet, or it has just ended.
    }
  }
}
