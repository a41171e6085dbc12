import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { object, pipe, number, integer, minValue, string, uuid } from "valibot";
import type { InferOutput } from "valibot";
import { identityOf, isAlive as isProcessAlive } from "../process/identity.ts";

export const holderSchema = object({
  pid: pipe(number(), integer(), minValue(1)),
  /** When the process started, in the system's own words: a pid alone is used again after the process is gone. */
  started: string(),
  host: string(),
  /** When the lock was taken, for people. */
  since: string(),
  /** Unique to this taking of the lock. It becomes part of a file name, so its form is checked. */
  token: pipe(string(), uuid()),
});

/** Who has a lock. */
export type Holder = InferOutput<typeof holderSchema>;

export function thisProcess(): Holder {
  const since = new Date().toISOString();
  return { ...identityOf(process.pid), host: hostname(), since, token: randomUUID() };
}

/** On another host, or in another container, nobody can tell: the lock counts as held. */
export function isAlive(holder: Holder): boolean {
  return holder.host !== hostname() || isProcessAlive(holder);
}
