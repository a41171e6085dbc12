import { takeLock } from "../lock/lock.ts";
import type { Locked } from "../lock/lock.ts";
import { asProblem, treeProblem } from "./failure.ts";
import type { WorkFolder } from "./work-folder.ts";
import { makeWorkFolder } from "./work-folder.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/** Milliseconds to wait for another writer, which needs well under a second for a swap. */
const patience = 2000;

/**
 * Runs `work` as the only writer of the tree. A SIGINT or SIGTERM that arrives meanwhile ends the process after `work`,
 * which is synchronous, and the release of the lock.
 *
 * @throws ProblemsError that says who holds the lock, if a living process does
 */
export function withLock<Result>(place: WorkFolder, work: () => Result): Result {
  const release = asProblem(place.root, `no lock could be taken in ${place.folder}`, () => {
    makeWorkFolder(place);
    return takeLock(lockOf(place));
  });
  const stopDeferring = deferSignals();
  process.once("exit", release);
  try {
    return work();
  } finally {
    release();
    process.off("exit", release);
    stopDeferring();
  }
}

function lockOf({ root, lock }: WorkFolder): Locked {
  return {
    lock,
    patience,
    heldBy: ({ pid, host, since }) =>
      treeProblem(
        "tree-locked",
        root,
        `process ${pid} on ${host} has been writing ${root} since ${since}, and did not end within ${patience / 1000} s`,
        `wait until it ends, then run the command again; if it is gone for sure, remove ${lock}`,
      ),
    unreadable: () =>
      treeProblem(
        "tree-locked",
        root,
        `the lock ${lock} cannot be read`,
        `if no slipway runs, remove ${lock}`,
      ),
  };
}

/** Keeps a signal from ending the process between two steps; the returned function lets it through again. */
function deferSignals(): () => void {
  for (const signal of signals) {
    if (!process.listeners(signal).includes(passOn)) process.on(signal, passOn);
  }
  // A signal that arrived during synchronous work is delivered in the next turn, before setImmediate's callbacks.
  return () => setImmediate(() => signals.forEach((signal) => process.off(signal, passOn)));
}

/** Whoever else listens is told as well; if nobody does, the signal ends the process as it would have. */
function passOn(signal: NodeJS.Signals): void {
  process.off(signal, passOn);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
