import { spawn } from "node:child_process";
import { once } from "node:events";

/** What a terminal showed, and how the command ended. */
export interface Shown {
  readonly status: number | null;
  readonly text: string;
}

/** The program that gives another one a terminal of its own; its standard input is the keyboard. */
const inTerminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/**
 * Runs a command at a terminal, at which somebody types something after each question; when that runs out, the last of it again.
 *
 * @param python path of Python 3, which has terminals to give
 * @param typed such as `yes\n`
 */
export async function atTerminal(
  python: string,
  command: readonly string[],
  typed: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Shown> {
  const child = spawn(python, ["-c", inTerminal, ...command], { env, stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  let asked = 0;
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    for (const questions = text.split("(yes/no) ").length - 1; asked < questions; asked += 1) {
      child.stdin.write(typed[asked] ?? typed.at(-1) ?? "");
    }
  });
  await once(child, "close");
  return { status: child.exitCode, text };
}
