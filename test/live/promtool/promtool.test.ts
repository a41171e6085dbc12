import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";
import { appCases } from "../../observability/alert-cases.ts";
import { ruleFiles, ruleFilesOfDist } from "../../observability/rules.ts";
import type { RuleFile } from "../../observability/rules.ts";
import { unitTests } from "./unit-tests.ts";

const missing = whyNoTools(["promtool"]);
if (missing !== undefined) console.warn(`skipped promtool.test.ts: ${missing}`);

describe.skipIf(missing !== undefined)("Prometheus' own tool", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-promtool-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Each as a file of Prometheus; YAML takes JSON. */
  function written(files: readonly RuleFile[], prefix: string): readonly string[] {
    return files.map(({ groups }, index) => {
      const path = join(folder, `${prefix}-${index}.yaml`);
      writeFileSync(path, JSON.stringify({ groups }));
      return path;
    });
  }

  /** What it says of a failure: nothing where there is none. */
  async function promtool(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = spawnSync(await findTool("promtool"), args, {
      cwd: folder,
      encoding: "utf8",
      timeout: 240_000,
    });
    return status === 0 ? "" : `${status}\n${stdout}${stderr}`;
  }

  test("takes every rule of dist", async () => {
    const files = ruleFilesOfDist();
    expect(files.length).toBeGreaterThan(10);
    expect(await promtool("check", "rules", "--lint=all", "--lint-fatal", ...written(files, "dist"))).toBe(
      "",
    );
  });

  test("refuses a rule that is none", async () => {
    const broken = [{ name: "broken", groups: [{ name: "a", rules: [{ record: "b", expr: "rate(c)" }] }] }];
    expect(await promtool("check", "rules", ...written(broken, "broken"))).toContain(
      "could not parse expression",
    );
  });

  test.each(appCases.map((each) => [`${each.app}: ${each.rule}`, each] as const))(
    "finds that alerts fire when they should, and at no other time: %s",
    async (_title, { app, rule, cases }) => {
      const file = ruleFiles[app].find(({ name }) => name === rule);
      if (file === undefined) throw new Error(`${app} renders no ${rule}`);
      const [path = ""] = written([file], `${app}-${rule}`);
      const tests = unitTests(file, path, cases).map((content, index) => {
        const test = join(folder, `${app}-${rule}-test-${index}.yaml`);
        writeFileSync(test, JSON.stringify(content));
        return test;
      });
      expect(await promtool("test", "rules", ...tests)).toBe("");
    },
  );

  test("sees an alert that does not fire when it should", async () => {
    const [first] = appCases;
    const file = ruleFiles["conversation-platform"].find(({ name }) => name === first?.rule);
    if (first === undefined || file === undefined) throw new Error("there is no case");
    const late = first.cases.map((each) => ({ ...each, silentAt: [], firesAt: each.silentAt }));
    const [path = ""] = written([file], "late");
    const tests = unitTests(file, path, late.slice(0, 1)).map((content) => {
      writeFileSync(join(folder, "late-test.yaml"), JSON.stringify(content));
      return join(folder, "late-test.yaml");
    });
    expect(await promtool("test", "rules", ...tests)).toContain("api-availability burns fast");
  });
});
