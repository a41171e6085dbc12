import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { releaseLock, takeLock } from "../process/lock.ts";

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
  const holder = takeLock(lock);
  if (holder !== undefined) {
    throw new ProblemsError([
      {
        rule: "cluster-locked",
        at: { definition: "slipway cluster", cluster: name },
        what: `process ${holder} starts or ends ${name} at the moment`,
        fix: "wait until it is done and run this again",
      },
    ]);
  }
  try {
    return await work();
  } finally {
    releaseLock(lock);
  }
}
