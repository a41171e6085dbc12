import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Holder } from "../lock/holder.ts";
import { whileLocked } from "../lock/while-locked.ts";

/**
 * Runs `work` as the only command that starts or ends this cluster.
 *
 * @throws ProblemsError if another one is at work
 */
export async function withClusterLock<Result>(
  folder: string,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  // Beside the folder, which `work` may remove.
  const lock = join(folder, "..", `${name}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  const at = { definition: "slipway cluster", cluster: name };
  const problem = (what: string, fix: string) =>
    new ProblemsError([{ rule: "cluster-locked", at, what, fix }]);
  const locked = {
    lock,
    patience: 0,
    heldBy: ({ pid }: Holder) =>
      problem(
        `process ${pid} starts or ends ${name} at the moment`,
        "wait until it is done and run this again",
      ),
    unreadable: () => problem(`the lock ${lock} cannot be read`, `if no slipway runs, remove ${lock}`),
  };
  return whileLocked(locked, work);
}
