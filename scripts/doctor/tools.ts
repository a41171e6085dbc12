import { sep } from "node:path";
import type { Finding } from "./finding.ts";

/** Oldest major version of Node that runs the definitions as they are, and is still maintained. */
const oldestNode = 24;

/** The Node in use; `ownModules` is the real path of the repository's node_modules. */
export function nodeFinding(version: string, executable: string, ownModules: string): Finding {
  const major = Number(version.split(".")[0]);
  const own = executable.startsWith(`${ownModules}${sep}`);
  const what = `Node ${version}, ${own ? "the project's own" : executable}`;
  if (major < oldestNode) {
    return {
      check: "node",
      level: "fault",
      what: `${what}, is older than ${oldestNode}`,
      fix: "run commands by npm run, which takes the project's own Node; npm install brings it",
    };
  }
  if (own) return { check: "node", level: "ok", what, fix: "" };
  return {
    check: "node",
    level: "note",
    what: `${what}, is not the project's own`,
    fix: "run commands by npm run, so that everybody renders with the same Node",
  };
}

/** git itself, and whether this is a clone; `version` is what `git --version` printed, undefined without git. */
export function gitFinding(version: string | undefined, isClone: boolean): Finding {
  if (version === undefined) {
    return {
      check: "git",
      level: "fault",
      what: "there is no git to run",
      fix: "install git, and have it on PATH",
    };
  }
  if (isClone) return { check: "git", level: "ok", what: version, fix: "" };
  return {
    check: "git",
    level: "note",
    what: `${version}, and this folder is no git repository`,
    fix: "work in a clone: reconcilers read dist from the repository",
  };
}

/** Files below dist that git does not know, by path: a reconciler reads what is committed, and not them. */
export function untrackedFinding(paths: readonly string[]): Finding {
  const check = "untracked";
  const [first = "", ...others] = paths;
  if (first === "") return { check, level: "ok", what: "git knows every file of dist", fix: "" };
  const what =
    others.length === 0
      ? `git does not know ${first}`
      : `git does not know ${paths.length} files of dist, such as ${first}`;
  return { check, level: "note", what, fix: "git add -A dist, and commit it with the definitions" };
}
