import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isAlive } from "../process/identity.ts";
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
  const { pid, started } = identityOf(process.pid);
  try {
    writeFileSync(lock, `${pid} ${started}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function isAbandoned(lock: string): boolean {
  let pid: number;
  let started: string;
  try {
    const holder = readFileSync(lock, "utf8");
    const space = `${holder} `.indexOf(" ");
    pid = Number(holder.slice(0, space));
    started = holder.slice(space + 1);
  } catch {
    return false;
  }
  // Created and not yet written: its process is about to.
  if (pid === 0) return isOld(lock);
  return !isAlive({ pid, started });
}

/** Nobody takes a second to write a line; one whose disk was full, or who was killed just then, never does. */
function isOld(lock: string): boolean {
  const written = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - written > 5000;
}
