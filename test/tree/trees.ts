import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { workFolderOf } from "../../scripts/tree/work-folder.ts";
import type { WorkFolder } from "../../scripts/tree/work-folder.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";

export function spec(path: string, body = "kind: ConfigMap\n", owner = "shop-prod"): FileSpec {
  const definition = "apps/shop/app.ts";
  return {
    path,
    content: `# slipway: ${owner} from ${definition}\n${body}`,
    cluster: "prod",
    owner,
    definition,
  };
}

/** A folder of its own with a path for a tree, which is not there yet. */
export function newRoot(): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-tree-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "dist");
}

export function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export function textAt(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function contents(files: readonly FileSpec[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, file.content]));
}

export function treeAt(root: string): Record<string, string> {
  return Object.fromEntries(readTree(root));
}

export function work(root: string): WorkFolder {
  return workFolderOf(root);
}

export function problemsOf(attempt: () => unknown): readonly Problem[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
  return [];
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** A writer in a process of its own (see writer.ts); `said` settles with its first words, `ended` when it is gone. */
export interface Writer {
  readonly process: ChildProcess;
  readonly said: Promise<void>;
  readonly ended: Promise<Ended>;
}

export function startWriter(args: readonly string[], options: SpawnOptions = {}, shell = ""): Writer {
  const command = [process.execPath, join(import.meta.dirname, "writer.ts"), ...args];
  const child =
    shell === ""
      ? spawn(process.execPath, command.slice(1), options)
      : spawn("bash", ["-c", `${shell} "$@"`, "bash", ...command], options);
  let output = "";
  const said = new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      output += String(chunk);
      resolve();
    });
  });
  child.stderr?.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, output }));
  });
  return { process: child, said, ended };
}
