import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repository } from "../../commands/slipway.ts";

describe("Renovate's own validator", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-renovate-"));
  const validator = join(folder, "node_modules/renovate/dist/config-validator.js");
  beforeAll(() => {
    cpSync(join(import.meta.dirname, "renovate"), folder, { recursive: true });
    // Its scripts would build native parts that validating does without.
    const install = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
    if (install.status !== 0) throw new Error(`npm ci fails: ${install.stderr}`);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const validate = (text: string) => {
    const file = join(folder, "renovate.json");
    writeFileSync(file, text);
    return spawnSync(process.execPath, [validator, "--strict", "--no-global", file], {
      cwd: folder,
      encoding: "utf8",
    });
  };
  const config = readFileSync(join(repository, ".github/renovate.json"), "utf8");

  test("accepts the configuration", { timeout: 60_000 }, () => {
    const { status, stdout } = validate(config);
    expect(stdout).toContain("Config validated successfully");
    expect(status).toBe(0);
  });

  test("refuses an option that there is not", { timeout: 60_000 }, () => {
    const { status, stdout } = validate(config.replace('"packageRules"', '"packageRulez"'));
    expect(stdout).toContain("packageRulez");
    expect(status).toBe(1);
  });
});
