import { spawn } from "node:child_process";
import { errorCode } from "../tree/failure.ts";
import { guard, letGo } from "./guard.ts";
import { endGroup } from "./record.ts";

export interface GuardedOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly milliseconds: number;
}

/** Bytes of what it says on stderr that are kept, from the end. */
const longestWords = 1 << 16;

/**
 * Runs a program that has children of its own to its end, such as a compiler. All of them end when this process does,
 * or when it takes too long.
 */
export function runGuarded(
  program: string,
  args: readonly string[],
  { cwd, env, milliseconds }: GuardedOptions,
): Promise<{ readonly ok: boolean; readonly reason: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"], detached: true });
    const { pid } = child;
    if (pid !== undefined) guard(pid);
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-longestWords);
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (pid !== undefined) endGroup(pid);
    }, milliseconds);
    const finish = (ok: boolean, reason: string): void => {
      clearTimeout(timer);
      if (pid !== undefined) void letGo(pid);
      resolve({ ok, reason });
    };
    child.once("error", (error) =>
      finish(false, errorCode(error) === "ENOENT" ? `there is no ${program}` : error.message),
    );
    child.once("close", (code, signal) => {
      if (late) finish(false, `${program} did not end within ${milliseconds / 60_000} minutes`);
      else finish(code === 0, lastWords(said) || `it ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

/** The line that names a full disk where there is one, since a compiler goes on to complain of what follows from it. */
function lastWords(said: string): string {
  const lines = said.trim().split("\n");
  return (lines.find((line) => line.includes("no space left on device")) ?? lines.at(-1) ?? "").trim();
}
