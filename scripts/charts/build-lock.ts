import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "../tree/failure.ts";

/**
 * Runs `work` while no other process does, and waits for one that does. Two that find the same dead holder
 * may both go on; they then build the same thing twice, and the last rename wins.
 */
export async function asOnlyBuilder<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  while (!take(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    else await sleep(500);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(lock: string): boolean {
  let holder: number;
  try {
    holder = Number(readFileSync(lock, "utf8"));
  } catch {
    return false;
  }
  // Created and not yet written: its process is about to.
  if (holder === 0) return false;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
}
