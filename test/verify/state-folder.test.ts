import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stateFolder } from "../../scripts/verify/state-folder.ts";

const root = mkdtempSync(join(tmpdir(), "slipway-state-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The id of a process that has ended. */
const gone = spawnSync(process.execPath, ["--eval", "console.log(process.pid)"], {
  encoding: "utf8",
}).stdout.trim();

describe("the state of a run", () => {
  test("is for its owner alone, and gone when it is removed", () => {
    const { path, remove } = stateFolder(root, "local");
    expect(statSync(path).mode & 0o777).toBe(0o700);
    remove();
    expect(existsSync(path)).toBe(false);
  });

  test("takes along what a killed run has left, and nothing of one that runs", () => {
    const left = join(root, ".slipway/verify", `${gone}-local`);
    const running = join(root, ".slipway/verify", `${process.ppid}-local`);
    for (const folder of [left, running]) mkdirSync(join(folder, "git"), { recursive: true });
    stateFolder(root, "other").remove();
    expect([left, running].map((folder) => existsSync(folder))).toEqual([false, true]);
  });
});
