import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Holder } from "../lock/holder.ts";
import { tryLock } from "../lock/lock.ts";
import type { Locked } from "../lock/lock.ts";
import { isAlive } from "../process/identity.ts";

/** Milliseconds that an `up` may take to stop its watch. */
const patience = 10_000;

/** State of what `up` itself runs for a cluster, apart from what keeps the cluster. */
export function localFolder(folder: string): string {
  return join(folder, "local");
}

/** Held by the `up` that watches a cluster, as long as it does: beside the cluster's folder, which `down` removes. */
export function sessionLock(folder: string, name: string): Locked {
  const lock = join(folder, "..", `${name}.up.lock`);
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  return {
    lock,
    patience: 0,
    heldBy: ({ pid, since }) =>
      problem(
        name,
        `process ${pid} watches ${name} since ${since}`,
        `use that one, or end it with Ctrl-C or npm run slipway -- down ${name}`,
      ),
    unreadable: () => problem(name, `the lock ${lock} cannot be read`, `if no slipway runs, remove ${lock}`),
  };
}

/** Ends the `up` that watches a cluster, if one does, and waits until it is gone. */
export async function endSession(folder: string, name: string): Promise<void> {
  const locked = sessionLock(folder, name);
  const deadline = Date.now() + patience;
  let told: Holder["token"] | undefined;
  for (;;) {
    const taken = tryLock(locked);
    if ("release" in taken) return taken.release();
    const { holder } = taken;
    if (holder.host !== hostname()) throw locked.heldBy(holder);
    // Once: a second one would not let it end what it runs.
    if (told !== holder.token) end(holder, "SIGTERM");
    else if (Date.now() > deadline) end(holder, "SIGKILL");
    told = holder.token;
    await sleep(100);
  }
}

/** By number and time of start, so that nobody else is hit. */
function end(holder: Holder, signal: "SIGTERM" | "SIGKILL"): void {
  if (!isAlive(holder)) return;
  try {
    process.kill(holder.pid, signal);
  } catch {
    // It ended just now.
  }
}

function problem(name: string, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "up-runs", at: { definition: "slipway up", cluster: name }, what, fix }]);
}
