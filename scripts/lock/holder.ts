import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { object, pipe, number, integer, minValue, string, uuid } from "valibot";
import type { InferOutput } from "valibot";
import { errorCode } from "../tree/failure.ts";

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
  return {
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
    since,
    token: randomUUID(),
  };
}

/** On another host, or in another container, nobody can tell: the lock counts as held. */
export function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errorCode(error) === "ESRCH") return false;
  }
  const started = startOf(holder.pid);
  return started === holder.started || started === "" || holder.started === "";
}

/** When a process started; empty where the system does not tell, which leaves the pid alone to decide. */
function startOf(pid: number): string {
  try {
    if (process.platform === "linux") return startOnLinux(readFileSync(`/proc/${pid}/stat`, "utf8"));
    if (process.platform === "win32") return "";
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** proc(5): after the command in parentheses, which may hold spaces, come the state and, as 20th field, the start. */
function startOnLinux(stat: string): string {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A killed process whose parent never asks for its exit, as in many containers, keeps its pid for ever.
  const [state = ""] = fields;
  return "ZX".includes(state) ? "ended" : (fields[19] ?? "");
}
