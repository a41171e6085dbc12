import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { guard, letGo } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { logTail } from "./log-tail.ts";
import { endGroup, forgetProcess, recordProcess } from "./record.ts";

export interface ProgramOptions {
  /** Unique in the folder; names its log and its record. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** All of its environment. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** What `ps` shows first, and what programs that are several in one go by. Default: the program's path. */
  readonly argv0?: string;
  /** Where its record and, in `logs/`, its log are kept. */
  readonly folder: string;
}

/** A program that runs until it is stopped, in a process group of its own. */
export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  /** Undefined while it runs; else its exit code, or the signal that ended it. */
  ended(): string | undefined;
  /** Resolves when it has ended. */
  readonly end: Promise<string>;
  logTail(lines?: number): readonly string[];
  /** Lets it outlive this process. */
  detach(): Promise<void>;
  /** Ends it and its children, and resolves when it is gone. */
  stop(): Promise<void>;
}

export function logOf(folder: string, name: string): string {
  return join(folder, "logs", `${name}.log`);
}

/** Starts a program that ends with this process, unless it is detached. It is on record before this returns. */
export async function startProgram(options: ProgramOptions): Promise<RunningProgram> {
  const { name, program, args, env = process.env, argv0, folder } = options;
  mkdirSync(join(folder, "logs"), { recursive: true, mode: 0o700 });
  const log = openSync(logOf(folder, name), "a", 0o600);
  const child = spawn(program, args, {
    env,
    ...(argv0 !== undefined && { argv0 }),
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  const spawned = new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  const { pid } = child;
  if (pid === undefined) {
    await spawned;
    throw new Error(`${program} did not start`);
  }
  guard(pid);
  recordProcess(folder, { name, ...identityOf(pid) });
  let outcome: string | undefined;
  const end = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => {
      outcome = signal ?? `exit code ${code}`;
      void letGo(pid);
      resolve(outcome);
    });
  });
  await spawned;
  return {
    name,
    pid,
    ended: () => outcome,
    end,
    logTail: (lines) => logTail(logOf(folder, name), lines),
    detach: async () => {
      await letGo(pid);
      child.unref();
    },
    stop: async () => {
      if (outcome === undefined) endGroup(pid);
      await end;
      forgetProcess(folder, pid);
    },
  };
}
