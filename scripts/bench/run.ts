/** `npm run bench [-- --runs N] [--json]`: each scenario cold, in a process of its own, runs interleaved. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureDiffs } from "./diffs.ts";
import type { Measurement } from "./measure.ts";
import { measurePromotions } from "./promotions.ts";
import { scenarios } from "./scenarios.ts";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a whole number from 1");

const results = new Map<string, Measurement[]>(Object.keys(scenarios).map((name) => [name, []]));
// In turn rather than one after the other, so that a slow moment of the machine falls on all of them.
for (let run = 0; run < runs; run += 1) {
  for (const [name, measurements] of results) {
    const script = join(import.meta.dirname, "measure.ts");
    measurements.push(JSON.parse(execFileSync(process.execPath, [script, name], { encoding: "utf8" })));
  }
}

const summary = [...results].map(([name, measurements]) => ({
  scenario: name,
  description: Object.entries(scenarios).find(([known]) => known === name)?.[1].description ?? "",
  load: median(measurements.map(({ load }) => load)),
  synth: median(measurements.map(({ synth }) => synth)),
  write: median(measurements.map(({ write }) => write)),
  memory: median(measurements.map(({ memory }) => memory)),
  files: measurements[0]?.files ?? 0,
}));
const diffs = measureDiffs(runs).map(({ description, measurements }) => ({
  description,
  total: median(measurements.map(({ total }) => total)),
  cpu: median(measurements.map(({ cpu }) => cpu)),
  memory: median(measurements.map(({ memory }) => memory)),
  objects: measurements[0]?.objects ?? 0,
}));
const promotions = measurePromotions(runs).map(({ description, totals }) => ({
  description,
  first: totals[0] ?? 0,
  total: median(totals),
}));
const floor = summary.find(({ scenario }) => scenario === "floor")?.synth ?? 1;

if (values.json) console.log(JSON.stringify({ runs, scenarios: summary, diffs, promotions }));
else {
  console.log(`medians of ${runs} cold runs; load is Node's start and all imports\n`);
  console.log("  load ms  synth ms  write ms   files  peak MiB  × floor");
  for (const { description, load, synth, write, files, memory } of summary) {
    const figures = [
      load.toFixed(0),
      synth.toFixed(0),
      write.toFixed(0),
      files,
      memory.toFixed(0),
      (synth / floor).toFixed(1),
    ];
    console.log(`${figures.map((figure) => String(figure).padStart(8)).join("  ")}  ${description}`);
  }
  console.log("\ndiff and gates after a release of every image, from the process's start to the report\n");
  console.log("total ms   cpu ms  objects  peak MiB");
  for (const { description, total, cpu, objects, memory } of diffs) {
    const figures = [total.toFixed(0), cpu.toFixed(0), objects, memory.toFixed(0)];
    console.log(`${figures.map((figure) => String(figure).padStart(8)).join(" ")}  ${description}`);
  }
  console.log(
    "\npromote, the whole process without the push: the first run, which makes what later ones keep, and the median\n",
  );
  console.log("first ms  total ms");
  for (const { description, first, total } of promotions)
    console.log(`${first.toFixed(0).padStart(8)}  ${total.toFixed(0).padStart(8)}  ${description}`);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
