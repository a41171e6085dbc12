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
    return lastError(stderr) || error.message;
  }
}

/** The last error that a program prints, which Helm spreads over lines and ends with advice; else its last line. */
function lastError(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Use --debug"));
  const start = lines.findLastIndex((line) => line.startsWith("Error: "));
  const said = start === -1 ? lines.slice(-1) : lines.slice(start);
  return said.join(" ").replace(/^Error: /, "");
}
