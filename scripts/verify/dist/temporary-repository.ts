import { execFile, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { distRoot } from "../../../synth/model/paths.ts";

const run = promisify(execFile);

/** A bare repository that holds nothing but a cluster's part of dist, for a reconciler to follow. */
export interface TemporaryRepository {
  /** Path of the bare repository. */
  readonly path: string;
  /**
   * Makes these files, by path from the root of dist, all that its branch holds, as a new commit, and returns its
   * SHA. The same files again make a new commit all the same.
   */
  commit(files: ReadonlyMap<string, string>, message: string): Promise<string>;
}

/** Makes an empty one at a path that is not there yet. It is gone when its folder is removed. */
export async function temporaryRepository(path: string, branch: string): Promise<TemporaryRepository> {
  mkdirSync(join(path, ".."), { recursive: true });
  await run("git", ["init", "--quiet", "--bare", `--initial-branch=${branch}`, path]);
  // Flux asks for a part only.
  await run("git", ["-C", path, "config", "uploadpack.allowFilter", "true"]);
  let tip: string | undefined;
  return {
    path,
    async commit(files, message) {
      await fastImport(path, commitStream(files, message, `refs/heads/${branch}`, tip));
      const { stdout } = await run("git", ["-C", path, "rev-parse", `refs/heads/${branch}`]);
      tip = stdout.trim();
      return tip;
    },
  };
}

/** One commit on top of the branch, in the language of `git fast-import`. */
function commitStream(
  files: ReadonlyMap<string, string>,
  message: string,
  ref: string,
  parent: string | undefined,
): string {
  const seconds = Math.floor(Date.now() / 1000);
  const who = `Slipway <slipway@localhost> ${seconds} +0000`;
  return [
    `commit ${ref}`,
    `committer ${who}`,
    data(message),
    ...(parent === undefined ? [] : [`from ${parent}`]),
    "deleteall",
    ...[...files].map(
      ([name, content]) => `M 100644 inline ${quoted(`${distRoot}/${name}`)}\n${data(content)}`,
    ),
    "done",
    "",
  ].join("\n");
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}`;
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, (character) => `\\${character}`).replaceAll("\n", "\\n")}"`;
}

async function fastImport(path: string, stream: string): Promise<void> {
  const child = spawn("git", ["-C", path, "fast-import", "--quiet", "--done"], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(stream);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`git fast-import ended with ${String(code)}: ${stderr.trim()}`);
}
