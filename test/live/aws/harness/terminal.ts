import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import type { World } from "./world.ts";

/** What a terminal showed, and how the command ended. */
export interface Shown {
  readonly status: number | null;
  readonly text: string;
}

/** The program that gives another one a terminal of its own; its standard input is the keyboard. */
const inTerminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/**
 * Runs the clone's command line at a terminal, at which somebody answers each question in turn; when answers run out, the last
 * is given again.
 */
export async function atTerminal(
  python: PythonEnvironment,
  { clone, account }: World,
  args: readonly string[],
  answers: readonly string[],
): Promise<Shown> {
  const command = [process.execPath, join(clone.root, "scripts/cli.ts"), ...args];
  const child = spawn(python.program("python"), ["-c", inTerminal, ...command], {
    cwd: clone.root,
    env: { ...process.env, ...account.env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  let asked = 0;
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    for (const questions = text.split("(yes/no) ").length - 1; asked < questions; asked += 1) {
      child.stdin.write(`${answers[asked] ?? answers.at(-1) ?? ""}\n`);
    }
  });
  await once(child, "close");
  return { status: child.exitCode, text };
}
