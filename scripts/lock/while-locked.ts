import { takeLock } from "./lock.ts";
import type { Locked } from "./lock.ts";

/** Runs `work` while nobody else has the lock, and gives it back however `work` or the process ends. */
export async function whileLocked<Result>(locked: Locked, work: () => Promise<Result>): Promise<Result> {
  const release = takeLock(locked);
  process.once("exit", release);
  try {
    return await work();
  } finally {
    release();
    process.off("exit", release);
  }
}
