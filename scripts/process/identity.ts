import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { errorCode } from "../tree/failure.ts";

/** A process, and no later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; empty where the system does not tell. */
  readonly started: string;
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) };
}

/** Where the system does not tell when a process started, the pid alone decides. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === "ESRCH") return false;
  }
  const now = startOf(pid);
  return now === started || now === "" || started === "";
}

/** When a process started; empty where the system does not tell. */
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
