import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { errorCode } from "../tree/failure.ts";
import { identityOf, isAlive } from "./identity.ts";

/**
 * Takes a lock, over from a process that is gone if need be. Two that find the same dead holder may both get it.
 *
 * @returns the process that holds it, or undefined when it is ours
 */
export function takeLock(lock: string): number | undefined {
  const { pid, started } = identityOf(process.pid);
  for (;;) {
    try {
      writeFileSync(lock, `${pid} ${started}`, { flag: "wx" });
      return undefined;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    const holder = livingHolder(lock);
    if (holder !== undefined) return holder;
    rmSync(lock, { force: true });
  }
}

export function releaseLock(lock: string): void {
  rmSync(lock, { force: true });
}

/** 0 for one that is just being written. */
function livingHolder(lock: string): number | undefined {
  let holder: string;
  try {
    holder = readFileSync(lock, "utf8");
  } catch {
    return undefined;
  }
  const space = `${holder} `.indexOf(" ");
  const pid = Number(holder.slice(0, space));
  if (pid === 0) return isOld(lock) ? undefined : 0;
  return isAlive({ pid, started: holder.slice(space + 1) }) ? pid : undefined;
}

/** Nobody takes five seconds to write a line; one whose disk was full, or who was killed just then, never does. */
function isOld(lock: string): boolean {
  const written = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - written > 5000;
}
