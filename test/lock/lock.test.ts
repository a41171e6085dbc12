import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { tryLock } from "../../scripts/lock/lock.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unreadable = () => new Error("unreadable");
let count = 0;
const newLock = () => ({ lock: join(folder, String((count += 1))), unreadable });

describe("a lock", () => {
  test("names the living process that holds it, and is free when that lets go", () => {
    const locked = newLock();
    const first = tryLock(locked);
    expect(tryLock(locked)).toMatchObject({ holder: { pid: process.pid } });
    if ("release" in first) first.release();
    expect(tryLock(locked)).toHaveProperty("release");
  });

  test("is taken over from a process that is gone, and from one whose number is another's now", () => {
    // Above every system's highest process id.
    for (const pid of [999_999_999, process.pid]) {
      const locked = newLock();
      const since = "2026-01-01T00:00:00.000Z";
      writeFileSync(
        locked.lock,
        JSON.stringify({ pid, started: "1", host: hostname(), since, token: randomUUID() }),
      );
      const taken = tryLock(locked);
      expect(tryLock(locked)).toMatchObject({ holder: { pid: process.pid } });
      if ("release" in taken) taken.release();
      expect(existsSync(locked.lock)).toBe(false);
    }
    // Nothing of a takeover stays behind.
    expect(readdirSync(folder)).toEqual(["1"]);
  });
});
