import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { identityOf, isAlive } from "../../scripts/process/identity.ts";
import { startProgram } from "../../scripts/process/program.ts";
import {
  endRecorded,
  livingProcesses,
  recordProcess,
  recordedProcesses,
} from "../../scripts/process/record.ts";
import { runGuarded } from "../../scripts/process/run-guarded.ts";
import { freePorts } from "../../scripts/process/free-ports.ts";

const root = mkdtempSync(join(tmpdir(), "slipway-process-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
const newFolder = () => join(root, String((count += 1)));

async function until(so: () => boolean, seconds = 10): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !so(); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s`);
  }
}

/** Another process that has started a program in this folder. */
async function harness(folder: string, ...further: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "harness.ts"), folder, ...further], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

function childOf(folder: string): number {
  return Number(/child (\d+)/.exec(readFileSync(join(folder, "logs/sleeper.log"), "utf8"))?.[1]);
}

describe.skipIf(process.platform === "win32")("a program that was started", () => {
  test.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
    "ends with its children when who started it ends by %s",
    async (signal) => {
      const folder = newFolder();
      const parent = await harness(folder);
      const [recorded] = livingProcesses(folder);
      await until(() => childOf(folder) > 0);
      const child = identityOf(childOf(folder));
      expect(recorded?.name).toBe("sleeper");
      parent.kill(signal);
      await until(() => livingProcesses(folder).length === 0 && !isAlive(child));
    },
  );

  test("outlives who started it when it is let go, and is ended by its record", async () => {
    const folder = newFolder();
    const parent = await harness(folder, "detached");
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await sleep(300);
    expect(livingProcesses(folder)).toHaveLength(1);
    const child = identityOf(childOf(folder));
    expect(endRecorded(folder)).toEqual(["sleeper"]);
    await until(() => !isAlive(child));
    expect(recordedProcesses(folder)).toEqual([]);
  });

  test("is not taken for a later one that was given the same number", async () => {
    const folder = newFolder();
    const stranger = spawn("sleep", ["300"], { detached: true });
    await once(stranger, "spawn");
    const pid = stranger.pid ?? 0;
    recordProcess(folder, { name: "long gone", pid, started: "1" });
    expect(endRecorded(folder)).toEqual([]);
    expect(isAlive(identityOf(pid))).toBe(true);
    stranger.kill();
  });

  test("tells how it ended, and keeps its last words", async () => {
    const folder = newFolder();
    const args = ["-c", "echo so long; exit 3"];
    const program = await startProgram({ name: "brief", program: "/bin/sh", args, folder });
    expect(await program.end).toBe("exit code 3");
    expect(program.logTail()).toEqual(["so long"]);
    await program.stop();
    expect(recordedProcesses(folder)).toEqual([]);
  });

  test("that is not there is an error, and leaves no record", async () => {
    const folder = newFolder();
    const missing = startProgram({ name: "missing", program: "/nowhere/program", args: [], folder });
    await expect(missing).rejects.toThrow("ENOENT");
    expect(recordedProcesses(folder)).toEqual([]);
  });

  test("that takes too long is ended with what it started", async () => {
    const folder = newFolder();
    const file = `${folder}.pid`;
    const args = ["-c", `sleep 300 & echo $! > ${file}; wait`];
    const options = { cwd: root, env: process.env, milliseconds: 300 };
    const { ok, reason } = await runGuarded("/bin/sh", args, options);
    expect(ok).toBe(false);
    expect(reason).toContain("did not end within");
    await until(() => existsSync(file) && !isAlive(identityOf(Number(readFileSync(file, "utf8")))));
  });
});

test("free ports are all different", async () => {
  expect(new Set(await freePorts(20)).size).toBe(20);
});
