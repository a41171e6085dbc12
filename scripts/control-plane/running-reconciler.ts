import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { KubernetesError } from "../kubernetes/client.ts";
import type { RunningProgram } from "../process/program.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { ReconcilerOptions, RunningReconciler } from "./reconciler.ts";

/** Kinds whose objects are told to look again. */
export interface Refreshed {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
}

/** @param annotations what tells an object's controller to look again */
export function runningReconciler(
  plane: ControlPlane,
  programs: readonly RunningProgram[],
  refreshed: readonly Refreshed[],
  annotations: Readonly<Record<string, () => string>>,
): RunningReconciler {
  return {
    logTails: (lines) =>
      Object.fromEntries(programs.map((program) => [program.name, program.logTail(lines)])),
    refresh: async () => {
      for (const { apiVersion, kinds } of refreshed) {
        await Promise.all(kinds.map((kind) => annotateAll(plane, apiVersion, kind, annotations)));
      }
    },
    stop: async () => {
      await Promise.all(programs.map((program) => program.stop()));
    },
  };
}

async function annotateAll(
  { client }: ControlPlane,
  apiVersion: string,
  kind: string,
  annotations: Readonly<Record<string, () => string>>,
): Promise<void> {
  const objects = await client.list({ apiVersion, kind });
  const values = Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, value()]));
  await Promise.all(
    objects.map(async ({ metadata: { name, namespace = "" } }) => {
      try {
        await client.mergePatch({ apiVersion, kind, name, namespace }, { metadata: { annotations: values } });
      } catch (error) {
        // Deleted meanwhile.
        if (!(error instanceof KubernetesError) || error.status !== 404) throw error;
      }
    }),
  );
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
