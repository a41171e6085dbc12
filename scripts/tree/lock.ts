import { randomUUID } from "node:crypto";
import { linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { object, parse, pipe, number, integer, minValue, string, uuid } from "valibot";
import type { InferOutput } from "valibot";
import { identityOf, isAlive as isProcessAlive } from "../process/identity.ts";
import { asProblem, errorCode, treeProblem } from "./failure.ts";
import { linkRefusals } from "./carry.ts";
import type { WorkFolder } from "./work-folder.ts";
import { makeWorkFolder } from "./work-folder.ts";

const holderSchema = object({
  pid: pipe(number(), integer(), minValue(1)),
  /** When the process started, in the system's own words: a pid alone is used again after the process is gone. */
  started: string(),
  host: string(),
  /** When the lock was taken, for people. */
  since: string(),
  /** Unique to this taking of the lock. It becomes part of a file name, so its form is checked. */
  token: pipe(string(), uuid()),
});

type Holder = InferOutput<typeof holderSchema>;

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
  asProblem(place.root, `no lock could be taken in ${place.folder}`, () => {
    makeWorkFolder(place);
    acquire(place.root, place.lock, thisProcess());
  });
  const release = (): void => rmSync(place.lock, { force: true });
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

/**
 * Creates the lock, or takes it over from a process that is gone. Two processes may find the same dead holder, and
 * removing its lock could remove the fresh lock of the other. So a takeover is itself locked, under a name that only this
 * dead holder gives, and the lock is replaced by a rename only while it is still the dead holder's.
 */
function acquire(root: string, lock: string, own: Holder): void {
  const deadline = Date.now() + patience;
  while (!create(lock, own)) {
    const holder = readHolder(root, lock);
    if (holder === undefined) continue;
    if (isAlive(holder)) {
      if (Date.now() >= deadline) throw heldBy(root, lock, holder);
      pause(50);
      continue;
    }
    const takeover = `${lock}.${holder.token}`;
    acquire(root, takeover, own);
    if (readHolder(root, lock)?.token === holder.token) return renameSync(takeover, lock);
    rmSync(takeover, { force: true });
  }
}

/** Creates the lock with its content in one step, so that nobody reads half a lock. False if there is one already. */
function create(lock: string, own: Holder): boolean {
  const draft = `${lock}.draft-${own.token}`;
  const content = `${JSON.stringify(own)}\n`;
  try {
    writeFileSync(draft, content);
    linkSync(draft, lock);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return false;
    if (code === undefined || !linkRefusals.has(code)) throw error;
    return createWithoutLinks(lock, content);
  } finally {
    rmSync(draft, { force: true });
  }
}

function createWithoutLinks(lock: string, content: string): boolean {
  try {
    writeFileSync(lock, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Undefined if the lock has been released meanwhile. */
function readHolder(root: string, lock: string): Holder | undefined {
  // A link to nowhere is no released lock, and a pipe is never read: waiting for either would never end.
  const found = lstatSync(lock, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    if (!found.isFile()) throw new TypeError("no regular file");
    return parse(holderSchema, JSON.parse(readFileSync(lock, "utf8")));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw treeProblem(
      "tree-locked",
      root,
      `the lock ${lock} cannot be read`,
      `if no slipway runs, remove ${lock}`,
    );
  }
}

/** On another host, or in another container, nobody can tell: the lock counts as held. */
function isAlive(holder: Holder): boolean {
  return holder.host !== hostname() || isProcessAlive(holder);
}

function heldBy(root: string, lock: string, holder: Holder): Error {
  return treeProblem(
    "tree-locked",
    root,
    `process ${holder.pid} on ${holder.host} has been writing ${root} since ${holder.since}, and did not end within ${patience / 1000} s`,
    `wait until it ends, then run the command again; if it is gone for sure, remove ${lock}`,
  );
}

/** The whole process: a lock is waited for inside work that is synchronous. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function thisProcess(): Holder {
  const since = new Date().toISOString();
  return {
    ...identityOf(process.pid),
    host: hostname(),
    since,
    token: randomUUID(),
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
