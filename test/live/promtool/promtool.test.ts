import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runProgram } from "../../../scripts/process/run-program.ts";
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

  async function promtool(...args: readonly string[]) {
    return runProgram(await findTool("promtool"), args, { cwd: folder });
  }

  test("takes every rule of dist", async () => {
    const files = ruleFilesOfDist();
    expect(files.length).toBeGreaterThan(10);
    const ran = await promtool("check", "rules", "--lint=all", "--lint-fatal", ...written(files, "dist"));
    expect(ran.reason).toBe("");
  });

  test("refuses a rule that is none", async () => {
    const broken = [{ name: "broken", groups: [{ name: "a", rules: [{ record: "b", expr: "rate(c)" }] }] }];
    expect(await promtool("check", "rules", ...written(broken, "broken"))).toMatchObject({ ok: false });
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
      const { ok, stdout, reason } = await promtool("test", "rules", ...tests);
      expect(ok ? "" : `${stdout}${reason}`).toBe("");
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
    expect(await promtool("test", "rules", ...tests)).toMatchObject({ ok: false });
  });
});
