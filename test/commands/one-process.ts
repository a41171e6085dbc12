import { fork } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "vitest";
import { repository } from "./slipway.ts";
import type { Outcome } from "./slipway.ts";

/** One call, as `answering.ts` takes it. */
export interface Call {
  readonly id: number;
  readonly args: readonly string[];
  /** Variables besides those that the process has. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Answer extends Outcome {
  readonly id: number;
}

export type CommandLine = (
  args: readonly string[],
  options?: { readonly env?: Readonly<Record<string, string>> },
) => Promise<Outcome>;

/**
 * The command line of a repository in one process, which takes one call after the other until the tests of the file are
 * over: most of a short command is loading, and the definitions load once. So they have to be what they were at the first call.
 *
 * @param root default: the repository the tests stand in
 */
export function inOneProcess(root = repository): CommandLine {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  let child: ReturnType<typeof start> | undefined;
  const start = () => {
    const { FORCE_COLOR: _forced, NO_COLOR: _none, ...env } = process.env;
    const program = join(import.meta.dirname, "answering.ts");
    const started = fork(program, [root], {
      cwd: root,
      env,
      execArgv: [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let stderr = "";
    started.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    started.on("message", ({ id, ...outcome }: Answer) => waiting.get(id)?.(outcome));
    // Whoever still waits then hears of it: with no status, as from a process that was killed.
    started.on("close", () => {
      for (const answer of waiting.values()) answer({ status: null, stdout: "", stderr });
    });
    return started;
  };
  afterAll(() => void child?.kill());
  let calls = 0;
  return async (args, { env = {} } = {}) => {
    child ??= start();
    const id = calls++;
    const answered = new Promise<Outcome>((resolve) => waiting.set(id, resolve));
    child.send({ id, args, env } satisfies Call);
    const outcome = await answered;
    waiting.delete(id);
    return outcome;
  };
}
