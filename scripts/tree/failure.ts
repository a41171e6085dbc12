import { basename } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";

/** What to do about each refusal of the file system that a user can do something about. */
const fixes: Readonly<Record<string, string>> = {
  EACCES:
    "give yourself write permission on it (a run as root or in a container may have left it to another user)",
  EBUSY: "close what has it open, or is mounted on it, and run the command again",
  EDQUOT: "make room within your disk quota and run the command again",
  EEXIST: "end the other program that writes there and run the command again",
  EFBIG: "raise the file size limit (ulimit -f) and run the command again",
  EIO: "check the disk, then run the command again",
  EMFILE: "raise the limit of open files (ulimit -n) and run the command again",
  ENAMETOOLONG: "move the repository to a shorter path, or give the object a shorter name",
  ENOENT: "end the other program that removes files there and run the command again",
  ENOSPC: "make room on the disk and run the command again",
  ENOTDIR: "move the file that is in the folder's place and run the command again",
  EPERM: "check the owner and the attributes (lsattr) of it, or close the program that has it open",
  EROFS: "mount the file system read-write and run the command again",
};

/** The error code of a failed system call, such as `ENOSPC`; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/**
 * Runs `work`; what the file system refuses becomes a problem, anything else stays the bug it is.
 *
 * @param doing what was attempted and what its failure leaves, such as "dist could not be read"
 */
export function asProblem<Result>(root: string, doing: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const fix = fixes[errorCode(error) ?? ""];
    if (fix === undefined || !(error instanceof Error)) throw error;
    throw treeProblem("tree-access", root, `${doing}: ${error.message}`, fix);
  }
}

export function treeProblem(rule: string, root: string, what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule, at: { definition: basename(root) }, what, fix }]);
}
