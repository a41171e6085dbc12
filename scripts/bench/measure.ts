/** Measures one scenario in a process of its own and prints it as JSON; `run.ts` starts it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { isScenario } from "./scenarios.ts";

export interface Measurement {
  /** Milliseconds from the process's start to everything imported. */
  readonly load: number;
  /** Milliseconds of synth: definitions to files in memory, checks included. */
  readonly synth: number;
  /** Milliseconds to put them on disk. */
  readonly write: number;
  readonly files: number;
  /** Most memory the process held, in MiB. */
  readonly memory: number;
}

const name = process.argv[2] ?? "";
if (!isScenario(name)) throw new Error(`there is no scenario ${name}`);
const { scenarios } = await import("./scenarios.ts");
const prepared = await scenarios[name].prepare();
const load = performance.now();
const files = prepared();
const synthesized = performance.now();
const folder = mkdtempSync(join(tmpdir(), "slipway-bench-"));
try {
  const { writeTree } = await import("./write-tree.ts");
  writeTree(join(folder, "dist"), files);
  const written = performance.now();
  const measurement: Measurement = {
    load,
    synth: synthesized - load,
    write: written - synthesized,
    files: files.length,
    memory: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(measurement));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
