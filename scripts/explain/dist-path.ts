import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, join, posix, relative } from "node:path";
import { distRoot, inDist } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { root } from "../root.ts";

/**
 * The path below dist that an argument means, POSIX and normal, without a slash at the end. `dist/` in front is
 * optional, and an absolute path has to lie in this repository's dist.
 *
 * @throws ProblemsError if it leaves dist
 */
export function pathBelowDist(argument: string): string {
  const path = isAbsolute(argument)
    ? fromAbsolute(argument)
    : posix.normalize(argument.replaceAll("\\", "/")).replace(/\/+$/, "");
  const wroteDist = isAbsolute(argument) || /^(\.\/)*dist(\/|$)/.test(argument.replaceAll("\\", "/"));
  const inside = path === distRoot || path.startsWith(`${distRoot}/`);
  const isElsewhere = !inside && !standsInDist(path) && existsSync(join(root, path));
  if (path === ".." || path.startsWith("../") || (wroteDist && !inside) || isElsewhere) {
    throw usage(`${argument} is not in dist`, "name a file or a folder of dist");
  }
  const below = inside ? path.slice(distRoot.length + 1) : path;
  if (below === "" || below === ".") {
    throw usage("explain takes one file of dist, or the folder of one slice", "name one below dist");
  }
  return below;
}

/** From the repository root; by the real path too, for a repository that a link leads to. */
function fromAbsolute(path: string): string {
  const direct = relative(root, path);
  const found =
    direct.startsWith("..") && existsSync(path) ? relative(realpathSync(root), realpathSync(path)) : direct;
  return found.replaceAll("\\", "/");
}

/** Whether a file or folder stands there now. */
export function standsInDist(path: string): boolean {
  return existsSync(join(root, inDist(path)));
}

export function usage(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: distRoot }, what, fix }]);
}
