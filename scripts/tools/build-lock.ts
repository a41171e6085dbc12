import { setTimeout as sleep } from "node:timers/promises";
import { releaseLock, takeLock } from "../process/lock.ts";

/**
 * Runs `work` while no other process does, and waits for one that does. Two that find the same dead holder
 * may both go on; they then build the same thing twice, and the last rename wins.
 */
export async function asOnlyBuilder<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  while (takeLock(lock) !== undefined) await sleep(500);
  try {
    return await work();
  } finally {
    releaseLock(lock);
  }
}
