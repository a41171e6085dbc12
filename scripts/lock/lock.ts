import { linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { parse } from "valibot";
import { linkRefusals } from "../tree/carry.ts";
import { errorCode } from "../tree/failure.ts";
import { holderSchema, isAlive, thisProcess } from "./holder.ts";
import type { Holder } from "./holder.ts";

/** Something that one process at a time may work on. */
export interface Locked {
  /** Path of the lock, in a folder that is there. */
  readonly lock: string;
  /** Milliseconds to wait for another holder. */
  readonly patience: number;
  /** The error where a living process holds the lock and does not end in time. */
  readonly heldBy: (holder: Holder) => Error;
  /** The error where what is under the lock's name is no lock. */
  readonly unreadable: () => Error;
}

/** Takes the lock, and returns what gives it back. Waits in place: nothing else of the process runs meanwhile. */
export function takeLock(locked: Locked): () => void {
  const deadline = Date.now() + locked.patience;
  for (;;) {
    const taken = tryLock(locked);
    if ("release" in taken) return taken.release;
    if (Date.now() >= deadline) throw locked.heldBy(taken.holder);
    pause(50);
  }
}

/** Takes the lock, or says at once which living process has it. */
export function tryLock(
  locked: Pick<Locked, "lock" | "unreadable">,
): { readonly release: () => void } | { readonly holder: Holder } {
  const { lock } = locked;
  const holder = acquire(locked, lock, thisProcess());
  return holder === undefined ? { release: () => rmSync(lock, { force: true }) } : { holder };
}

/**
 * Creates the lock, or takes it over from a process that is gone. Two processes may find the same dead holder, and
 * removing its lock could remove the fresh lock of the other. So a takeover is itself locked, under a name that only this
 * dead holder gives, and the lock is replaced by a rename only while it is still the dead holder's.
 *
 * @returns the living process that has it, or undefined when it is ours
 */
function acquire(locked: Pick<Locked, "unreadable">, lock: string, own: Holder): Holder | undefined {
  while (!create(lock, own)) {
    const holder = readHolder(locked, lock);
    if (holder === undefined) continue;
    if (isAlive(holder)) return holder;
    const takeover = `${lock}.${holder.token}`;
    const other = acquire(locked, takeover, own);
    if (other !== undefined) return other;
    if (readHolder(locked, lock)?.token === holder.token) {
      renameSync(takeover, lock);
      return undefined;
    }
    rmSync(takeover, { force: true });
  }
  return undefined;
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
function readHolder(locked: Pick<Locked, "unreadable">, lock: string): Holder | undefined {
  // A link to nowhere is no released lock, and a pipe is never read: waiting for either would never end.
  const found = lstatSync(lock, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    if (!found.isFile()) throw new TypeError("no regular file");
    return parse(holderSchema, JSON.parse(readFileSync(lock, "utf8")));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw locked.unreadable();
  }
}

/** The whole process: a lock is waited for inside work that is synchronous. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
