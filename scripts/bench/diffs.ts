import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { root } from "../root.ts";
import { generatedFleet } from "./generated-fleet.ts";
import type { DiffMeasurement } from "./measure-diff.ts";
import { writeTree } from "./write-tree.ts";

export interface DiffResult {
  readonly description: string;
  readonly measurements: readonly DiffMeasurement[];
}

/** Times `diff` and `gate` together, each run in a process of its own: every image of a fleet is another. */
export function measureDiffs(runs: number): readonly DiffResult[] {
  const generated = mkdtempSync(join(tmpdir(), "slipway-bench-diff-"));
  try {
    commitGenerated(generated);
    return [
      { description: "the committed fleet", measurements: measure(runs, root, "committed") },
      {
        description: "15 clusters × 20 apps × 8 objects",
        measurements: measure(runs, generated, "generated"),
      },
    ];
  } finally {
    rmSync(generated, { recursive: true, force: true });
  }
}

function commitGenerated(folder: string): void {
  const { fleet, inputs } = generatedFleet(15, 20);
  writeTree(
    join(folder, "dist"),
    fleet.clusters.flatMap((cluster) => synthesizeCluster(fleet, cluster, inputs).files),
  );
  const git = (...args: readonly string[]) => execFileSync("git", ["-C", folder, ...args]);
  git("init", "-q");
  git("add", "dist");
  git(
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@example.com",
    "-c",
    "commit.gpgsign=false",
    "commit",
    "-qm",
    "dist",
  );
}

function measure(runs: number, folder: string, fleet: string): readonly DiffMeasurement[] {
  const script = join(import.meta.dirname, "measure-diff.ts");
  return Array.from({ length: runs }, () =>
    JSON.parse(execFileSync(process.execPath, [script, folder, fleet], { encoding: "utf8" })),
  );
}
