import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { RunningProgram } from "../process/program.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { ReconcilerOptions, RunningReconciler } from "./reconciler.ts";

/** @param refresh has everything looked at now */
export function runningReconciler(
  programs: readonly RunningProgram[],
  refresh: () => Promise<void>,
): RunningReconciler {
  return {
    logTails: (lines) =>
      Object.fromEntries(programs.map((program) => [program.name, program.logTail(lines)])),
    refresh,
    stop: async () => {
      await Promise.all(programs.map((program) => program.stop()));
    },
  };
}

/** All of a reconciler's environment: nothing that the user set for git, helm or AWS reaches it. */
export function programEnvironment(
  plane: ControlPlane,
  { environment = {}, toolsOnPath = [] }: ReconcilerOptions,
): Readonly<Record<string, string>> {
  const home = join(plane.folder, "home");
  const temporary = join(plane.folder, "tmp");
  for (const folder of [home, temporary]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    PATH: [...toolsOnPath, process.env["PATH"] ?? ""].join(delimiter),
    HOME: home,
    TMPDIR: temporary,
    // Memory is there, processors are few.
    GOGC: "200",
    ...environment,
  };
}
