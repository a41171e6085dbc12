import { spawn } from "node:child_process";
import { once } from "node:events";
import { ProblemsError } from "../../synth/model/problem.ts";

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is ended. Default: 120 000: a push over a slow line. */
  readonly milliseconds?: number;
}

export interface GitResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs git on a repository. Names of branches and files are arguments and never words of a shell; git asks nobody for a
 * password, since nobody may be there.
 */
export async function tryGit(
  root: string,
  args: readonly string[],
  { input, env = {}, milliseconds = 120_000 }: GitOptions = {},
): Promise<GitResult> {
  const child = spawn("git", ["-C", root, ...args], {
    // Hooks of git set these for the repository that they run in.
    env: { ...withoutGit(process.env), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: milliseconds,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // One that ends before it has read its input says by its exit code why.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    await once(child, "close");
  } catch (error) {
    throw gitProblem(
      `git cannot be run: ${String(error)}`,
      "install git; npm run slipway -- doctor looks for it",
    );
  }
  return {
    ok: child.exitCode === 0,
    stdout: Buffer.concat(stdout).toString("utf8"),
    stderr: child.signalCode
      ? `it did not end within ${milliseconds / 1000} s`
      : Buffer.concat(stderr).toString("utf8"),
  };
}

/**
 * What git prints, without the newline at its end.
 *
 * @param doing what fails if it fails, for the problem: `main cannot be fetched`
 * @throws ProblemsError
 */
export async function git(
  root: string,
  args: readonly string[],
  doing: string,
  options?: GitOptions,
): Promise<string> {
  const { ok, stdout, stderr } = await tryGit(root, args, options);
  if (ok) return stdout.replace(/\n$/, "");
  throw gitProblem(`${doing}: ${lastLine(stderr)}`, "see what git says, then run the command again");
}

export function gitProblem(what: string, fix: string, definition = ".git"): ProblemsError {
  return new ProblemsError([{ rule: "git", at: { definition }, what, fix }]);
}

/** Of what git prints, the line that says why. */
function lastLine(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const said = lines.find((line) => /^(?:fatal|error|remote|! ?\[)/.test(line.trim())) ?? lines.at(-1);
  return withoutCredentials(said ?? "it says nothing");
}

/** An address may hold a token, which is nobody's to read in a log. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/([a-z+]+:\/\/)[^@/\s]*@/g, "$1");
}

/** The environment without what hooks of git set for the repository that they run in. */
export function withoutGit(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = environment;
  return rest;
}
