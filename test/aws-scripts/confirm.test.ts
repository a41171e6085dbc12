import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { node } from "../commands/slipway.ts";
import { atTerminal } from "./terminal.ts";

const asks = join(import.meta.dirname, "asks.ts");
const python = "python3";
const hasPython = spawnSync(python, ["--version"]).status === 0;
if (!hasPython) console.warn("skipped confirm.test.ts: there is no python3");

const answered = (...typed: readonly string[]) => atTerminal(python, [process.execPath, asks], typed);

describe.skipIf(!hasPython)("a question at a terminal", () => {
  test("is confirmed by yes, each for itself", async () => {
    const { status, text } = await answered("yes\n");
    expect(status, text).toBe(0);
    expect(text).toMatch(/executed network[^]*execute it on garden-eks\?[^]*executed eks/);
  });

  test.each([
    ["another word", "y\n"],
    ["nothing", "\n"],
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("is not by %s, and nothing more is asked", async (_what, typed) => {
    const { status, text } = await answered("yes\n", typed);
    expect(status, text).toBe(1);
    expect(text).toContain("executed network");
    expect(text).not.toContain("executed eks");
    expect(text).toContain("not confirmed: execute it on garden-eks?");
  });
});

test("without a terminal nobody is asked, and nothing happens", async () => {
  const { status, stdout } = await node(asks);
  expect(status).toBe(1);
  expect(stdout).toContain("nobody is there to ask: execute it on garden-network?");
});
