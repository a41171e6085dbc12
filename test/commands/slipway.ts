import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** The repository the tests stand in; commands that write run on a copy of it. */
export const repository = join(import.meta.dirname, "../..");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Repository whose command line runs. Default: the one the tests stand in. */
  readonly root?: string;
  /** Working directory. Default: the repository's. */
  readonly cwd?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real command line, as a terminal would, in a process of its own. */
export function slipway(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { root = repository, cwd = root, env } = options;
  return run(process.execPath, [join(root, "scripts/cli.ts"), ...args], cwd, env);
}

/** Runs a TypeScript program of the tests. */
export function node(program: string): Promise<Outcome> {
  return run(process.execPath, [program], repository);
}

/** Runs a tool that the repository brings, such as `tsc`. */
export function tool(name: string, args: readonly string[], root: string): Promise<Outcome> {
  return run(join(root, "node_modules/.bin", name), args, root);
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const { FORCE_COLOR: _forced, NO_COLOR: _none, ...inherited } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await once(child, "close");
  return { status: child.exitCode, stdout, stderr };
}

/** A copy of the repository to write in. */
export interface Copy {
  readonly root: string;
  readonly slipway: (...args: readonly string[]) => Promise<Outcome>;
  readonly read: (path: string) => string;
  readonly write: (path: string, content: string) => void;
  /** Replaces text that has to be there, and returns what puts the file back. */
  readonly edit: (path: string, text: string, replacement: string) => () => void;
}

/** Never copied: what is installed, what is made by a run, and what no command reads. */
const leftOut: ReadonlySet<string> = new Set([".git", ".slipway", "coverage", "node_modules", "test"]);

/** Copies the repository as it stands, with the same node_modules; gone after the tests of the file. */
export function copyRepository(): Copy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "slipway-commands-")));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  for (const name of readdirSync(repository).filter((entry) => !leftOut.has(entry))) {
    cpSync(join(repository, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const write = (path: string, content: string): void => writeFileSync(join(root, path), content);
  return {
    root,
    slipway: (...args) => slipway(args, { root }),
    read,
    write,
    edit: (path, text, replacement) => {
      const before = read(path);
      if (!before.includes(text)) throw new Error(`${path} does not contain ${text}`);
      write(
        path,
        before.replace(text, () => replacement),
      );
      return () => write(path, before);
    },
  };
}

/** Number of the first line of a file that contains the text, counted from 1. */
export function lineOf(content: string, text: string): number {
  const index = content.split("\n").findIndex((line) => line.includes(text));
  if (index === -1) throw new Error(`no line contains ${text}`);
  return index + 1;
}
