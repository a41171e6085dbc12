import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ProblemsError } from "../../synth/model/problem.ts";
import { tryLock } from "../lock/lock.ts";

/** Runs `work` while no other process does, and waits for one that does. */
export async function asOnlyBuilder<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  const unreadable = () =>
    new ProblemsError([
      {
        rule: "build-locked",
        at: { definition: basename(lock) },
        what: `the lock ${lock} cannot be read`,
        fix: `if no slipway runs, remove ${lock}`,
      },
    ]);
  for (;;) {
    const taken = tryLock({ lock, unreadable });
    if ("holder" in taken) {
      await sleep(500);
      continue;
    }
    try {
      return await work();
    } finally {
      taken.release();
    }
  }
}
