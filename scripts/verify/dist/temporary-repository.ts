import { mkdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { distRoot } from "../../../synth/model/paths.ts";
import { git } from "../../git/git.ts";

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
  const doing = `the temporary repository ${path} cannot be made`;
  mkdirSync(dirname(path), { recursive: true });
  await git(
    dirname(path),
    ["init", "--quiet", "--bare", `--initial-branch=${branch}`, basename(path)],
    doing,
  );
  // Flux asks for a part only.
  await git(path, ["config", "uploadpack.allowFilter", "true"], doing);
  let tip: string | undefined;
  return {
    path,
    async commit(files, message) {
      const committing = `${path} takes no commit`;
      const input = commitStream(files, message, `refs/heads/${branch}`, tip);
      await git(path, ["fast-import", "--quiet", "--done"], committing, { input });
      tip = await git(path, ["rev-parse", `refs/heads/${branch}`], committing);
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
