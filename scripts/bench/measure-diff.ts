/** Compares and judges two revisions in a process of its own and prints how long that took; `diffs.ts` starts it. */
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

export interface DiffMeasurement {
  /** Milliseconds from the process's start to the report. */
  readonly total: number;
  /** Milliseconds of all processors: what `total` would be on a machine that does nothing else. */
  readonly cpu: number;
  /** Objects that differ. */
  readonly objects: number;
  /** Most memory the process held, in MiB. */
  readonly memory: number;
}

// As the command line does.
enableCompileCache(join(import.meta.dirname, "../../.slipway/compile-cache"));
const { readCompared } = await import("../report/compared.ts");
const { makeReport } = await import("../report/make-report.ts");
const { terminalReport } = await import("../report/terminal.ts");
const [folder = "", fleetFile = ""] = process.argv.slice(2);
const compared = readCompared(folder, join(folder, "dist"), { base: "HEAD" });
const { clusters } = await clustersOf();
// As if every image had been released: each workload differs, and each cluster is reckoned.
const head = new Map(
  [...compared.head].map(([path, content]) => [
    path,
    content.replaceAll(/(image: \S+):[\w.-]+$/gm, "$1:9.9.9"),
  ]),
);
const report = makeReport({ ...compared, head, clusters, waivers: [], today: "2026-01-01" });
if (terminalReport(report).length === 0) throw new Error("there is no report");
const { user, system } = process.cpuUsage();
const measurement: DiffMeasurement = {
  cpu: (user + system) / 1000,
  total: performance.now(),
  objects: report.changes.objects.length,
  memory: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(measurement));

async function clustersOf() {
  if (fleetFile === "committed") return (await import("../workspace.ts")).loadFleet();
  return (await import("./generated-fleet.ts")).generatedFleet(15, 20).fleet;
}
