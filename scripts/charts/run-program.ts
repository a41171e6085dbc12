import { execFile } from "node:child_process";

export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  /** Its last words, or why it did not run. */
  readonly reason: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Default: 300 000. */
  readonly milliseconds?: number;
}

/** Runs a program to its end. That it fails, or is not there, is a result. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = process.env, milliseconds = 300_000 }: RunOptions = {},
): Promise<Ran> {
  const options = {
    ...(cwd !== undefined && { cwd }),
    env,
    timeout: milliseconds,
    // CRDs of one chart may be several megabytes.
    maxBuffer: 256 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, stdout, reason: error === null ? "" : reasonOf(error, stderr) });
    });
  });

  function reasonOf(error: Error & { killed?: boolean; code?: unknown }, stderr: string): string {
    if (error.code === "ENOENT") return `there is no ${program}`;
    if (error.killed === true) return `${program} did not end within ${milliseconds / 1000} s`;
    const [last = error.message] = stderr.trim().split("\n").toReversed();
    return last.replace(/^Error: /, "");
  }
}
