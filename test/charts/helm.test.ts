import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { asOnlyBuilder } from "../../scripts/tools/build-lock.ts";
import { firstDifference } from "../../scripts/charts/difference.ts";
import { findHelm } from "../../scripts/charts/helm.ts";
import { ProblemsError } from "../../synth/model/problem.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-tools-"));
const tools = join(folder, "tools");
const programs = join(folder, "bin");
mkdirSync(programs);

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function onPath(version: string): void {
  writeFileSync(join(programs, "helm"), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(programs, "helm"), 0o755);
  vi.stubEnv("PATH", programs);
}

describe.skipIf(process.platform === "win32")("the Helm that renders", () => {
  test("is a problem that says how to get one where there is neither Go nor a helm", async () => {
    vi.stubEnv("PATH", "");
    const error: unknown = await findHelm(tools).catch((caught: unknown) => caught);
    const [problem] = error instanceof ProblemsError ? error.problems : [];
    expect(problem?.rule).toBe("helm-missing");
    expect(problem?.fix).toMatch(/install Go .* or put a helm v4 on PATH/);
  });

  test("may be one on PATH of the same major version", async () => {
    onPath("v4.0.1");
    expect(await findHelm(tools)).toEqual({ path: "helm", version: "v4.0.1" });
  });

  test("is not one on PATH of another major version", async () => {
    onPath("v3.19.0");
    await expect(findHelm(tools)).rejects.toThrow(ProblemsError);
  });
});

describe("two builders", () => {
  test("take turns", async () => {
    const events: string[] = [];
    const build = (name: string) =>
      asOnlyBuilder(join(folder, "lock"), async () => {
        events.push(`${name} starts`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        events.push(`${name} ends`);
      });
    await Promise.all([build("one"), build("other")]);
    expect(events.map((event) => event.split(" ")[1])).toEqual(["starts", "ends", "starts", "ends"]);
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  test("do not wait for one that is gone", async () => {
    // Above every system's highest process id.
    const holder = { pid: 999_999_999, started: "1", host: hostname(), since: "1", token: randomUUID() };
    writeFileSync(join(folder, "lock"), JSON.stringify(holder));
    expect(await asOnlyBuilder(join(folder, "lock"), () => Promise.resolve("built"))).toBe("built");
  });
});

const config = (name: string, value: string) =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: ${value} }\n`;

describe("the difference of two renders", () => {
  test("is the first object that differs", () => {
    const one = config("a", "x") + config("b", "x") + config("c", "x");
    expect(firstDifference(one, config("a", "x") + config("b", "y") + config("c", "y"))).toBe("ConfigMap/b");
  });

  test("is the first object that only one of them has", () => {
    expect(firstDifference(config("a", "x"), config("a", "x") + config("b", "x"))).toBe("ConfigMap/b");
  });

  test("is none where only comments differ", () => {
    expect(firstDifference(`# 1\n${config("a", "x")}`, `# 2\n${config("a", "x")}`)).toBeUndefined();
  });
});
