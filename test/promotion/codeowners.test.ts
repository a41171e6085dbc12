import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeowners } from "../../synth/release/codeowners.ts";
import { fleet } from "../../clusters/fleet.ts";
import { repository } from "../commands/slipway.ts";

test("the committed CODEOWNERS is what the promotion policies say", () => {
  const path = join(repository, "CODEOWNERS");
  const current = existsSync(path) ? readFileSync(path, "utf8") : "";
  expect(codeowners(fleet, current)).toBe(current);
  expect(current).toContain("/apps/attractor-factory/releases/prod.json @example/platform");
});

test("what people wrote around Slipway's part stays, and the part goes with the last approver", () => {
  const mine = "/docs/ @example/writers\n";
  const both = `${codeowners(fleet, mine)}/test/ @example/testers\n`;
  expect(both.startsWith(mine)).toBe(true);
  expect(codeowners(fleet, both)).toBe(both);
  const nobody = { ...fleet, clusters: [] };
  expect(codeowners(nobody, both)).toBe(`${mine}/test/ @example/testers\n`);
});
