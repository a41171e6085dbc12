import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test("the fleet renders where writing, starting processes, threads and native code are forbidden", () => {
  const script = `
    import { fleet } from "./clusters/fleet.ts";
    import { readInputs } from "./scripts/workspace.ts";
    import { synthesizeCluster } from "./synth/synthesize.ts";
    const inputs = readInputs();
    const results = fleet.clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs));
    console.log(JSON.stringify({ files: results.flatMap((each) => each.files).length, mayWrite: process.permission.has("fs.write") }));
  `;
  const output = execFileSync(
    process.execPath,
    ["--permission", `--allow-fs-read=${root}`, "--input-type=module-typescript", "--eval", script],
    { cwd: root, encoding: "utf8" },
  );
  const { files, mayWrite } = JSON.parse(output);
  expect(mayWrite).toBe(false);
  expect(files).toBeGreaterThan(500);
});
