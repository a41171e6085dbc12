import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { findTool, findTools, pathIn, whyNoTools } from "../../scripts/tools/find.ts";
import { defaultCache, pinnedBy } from "../../scripts/tools/pinned.ts";
import { moduleOf } from "../../scripts/tools/table.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";

const root = mkdtempSync(join(tmpdir(), "slipway-build-"));
const programs = join(root, "bin");
mkdirSync(programs);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
const newCache = () => join(root, `cache-${(count += 1)}`);

/** A `go` that builds in no time: what is tested is what happens around a build, not Go. */
function goThat(does: string): void {
  writeFileSync(
    join(programs, "go"),
    `#!/bin/sh
[ "$1" = version ] && exit 0
while [ "$1" != -o ]; do shift; done
output=$2
${does}
`,
  );
  chmodSync(join(programs, "go"), 0o755);
  vi.stubEnv("PATH", `${programs}:/usr/bin:/bin`);
}

const builds = 'echo built > "$output"';
const quietly = { say: () => undefined };

async function problemOf(work: Promise<unknown>): Promise<Problem | undefined> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  return error instanceof ProblemsError ? error.problems[0] : undefined;
}

describe.skipIf(process.platform === "win32")("a tool", () => {
  test("is built once, with all the programs of its module, and found from then on", async () => {
    const cache = newCache();
    goThat(`echo "$output" >> ${root}/built; ${builds}`);
    const first = await findTool("kube-scheduler", { cache, ...quietly });
    expect(readFileSync(first, "utf8")).toBe("built\n");
    const found = await findTools(["kube-apiserver", "kube-scheduler"], { cache, ...quietly });
    expect(found["kube-scheduler"]).toBe(first);
    expect(readFileSync(join(root, "built"), "utf8").trim().split("\n")).toHaveLength(4);
    expect(readdirSync(cache)).toEqual([pinnedBy(moduleOf("kube-scheduler")).digest]);
  });

  test("says what it is building, in which version and for how long", async () => {
    goThat(builds);
    const said: string[] = [];
    await findTool("kube-apiserver", { cache: newCache(), say: (line) => said.push(line) });
    expect(said).toEqual([
      expect.stringMatching(/^building the Kubernetes control plane v1\.35\.\d+, once; 8 minutes/),
    ]);
  });

  test("is a problem that says how to get it where there is no Go", async () => {
    vi.stubEnv("PATH", "");
    const cache = newCache();
    expect(await problemOf(findTool("kwok", { cache }))).toMatchObject({
      rule: "tool-missing",
      what: expect.stringContaining("kwok v0.8.0 is not built: there is no go"),
      fix: expect.stringContaining("install Go"),
    });
    expect(whyNoTools(["kwok"], cache)).toContain("no Go to build kwok with");
    expect(existsSync(cache)).toBe(false);
  });

  test("is taken from the cache where there is no Go", async () => {
    const cache = newCache();
    goThat(builds);
    const built = await findTool("kind", { cache, ...quietly });
    vi.stubEnv("PATH", "");
    expect(await findTool("kind", { cache })).toBe(built);
    expect(whyNoTools(["kind"], cache)).toBeUndefined();
  });

  test("whose build fails leaves nothing, and says why", async () => {
    const cache = newCache();
    goThat('echo half > "$output"; echo "cmd/kind: undefined: x" >&2; exit 1');
    const problem = await problemOf(findTool("kind", { cache, ...quietly }));
    expect(problem?.what).toContain("go build fails: cmd/kind: undefined: x");
    expect(readdirSync(cache)).toEqual([]);
  });

  test("for which there is no room on the disk says so, leaves nothing, and is built when there is", async () => {
    const cache = newCache();
    goThat('cat /dev/zero > /dev/full; echo "link: no space left on device" >&2; echo "more" >&2; exit 1');
    const problem = await problemOf(findTool("kind", { cache, ...quietly }));
    expect(problem?.rule).toBe("tool-disk-full");
    expect(problem?.fix).toContain("make room");
    expect(readdirSync(cache)).toEqual([]);
    goThat(builds);
    expect(existsSync(await findTool("kind", { cache, ...quietly }))).toBe(true);
  });

  test("whose build is killed is built by the next who asks, who throws away what was left", async () => {
    const cache = newCache();
    goThat(`echo half > "$output"; echo started; sleep 300`);
    const script = `import { findTool } from ${JSON.stringify(join(import.meta.dirname, "../../scripts/tools/find.ts"))};
      await findTool("kind", { cache: ${JSON.stringify(cache)} });`;
    const killed = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
    const draft = () => existsSync(cache) && readdirSync(cache).some((name) => name.includes(".draft-"));
    while (!draft()) await sleep(20);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(draft()).toBe(true);
    expect(existsSync(pathIn(cache, "kind"))).toBe(false);
    goThat(builds);
    expect(readFileSync(await findTool("kind", { cache, ...quietly }), "utf8")).toBe("built\n");
    expect(readdirSync(cache)).toEqual([pinnedBy(moduleOf("kind")).digest]);
  });

  test("that two want at once is built once", async () => {
    const cache = newCache();
    const log = join(root, "twice");
    goThat(`echo x >> ${log}; sleep 0.2; ${builds}`);
    await Promise.all([findTool("kind", { cache, ...quietly }), findTool("kind", { cache, ...quietly })]);
    expect(readFileSync(log, "utf8")).toBe("x\n");
  });
});

test("tools are kept in the user's cache, wherever that is", () => {
  expect(defaultCache({ XDG_CACHE_HOME: "/elsewhere" })).toBe("/elsewhere/slipway/tools");
  expect(defaultCache({})).toMatch(/\.cache\/slipway\/tools$/);
});
