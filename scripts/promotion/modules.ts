import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";

const lockfile = "package-lock.json";

/** What an installation is made from. */
const manifest = ["package.json", lockfile, ".npmrc"];

/**
 * Gives a work tree the packages of its own lockfile: the repository's, where the lockfile is the same; else those that
 * `npm ci` installs, once for each lockfile, kept below `.slipway`.
 *
 * @returns the Node to run it with
 * @throws ProblemsError if they cannot be installed
 */
export async function linkModules(root: string, worktree: string): Promise<string> {
  const wanted = readFileSync(join(worktree, lockfile));
  const shared = wanted.equals(readFileSync(join(root, lockfile)));
  const modules = shared ? join(root, "node_modules") : await installed(root, worktree, wanted);
  symlinkSync(modules, join(worktree, "node_modules"), "junction");
  const own = join(modules, ".bin/node");
  return shared || !existsSync(own) ? process.execPath : own;
}

async function installed(root: string, worktree: string, lock: Buffer): Promise<string> {
  const digest = createHash("sha256").update(lock).digest("hex").slice(0, 16);
  const place = join(root, ".slipway/modules", digest);
  if (existsSync(place)) return join(place, "node_modules");
  const draft = `${place}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const name of manifest.filter((each) => existsSync(join(worktree, each)))) {
    copyFileSync(join(worktree, name), join(draft, name));
  }
  // Whatever scripts a package brings are not needed to render, and would run as whoever promotes.
  const ran = await runProgram("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: draft });
  if (!ran.ok) {
    rmSync(draft, { recursive: true, force: true });
    throw new ProblemsError([
      {
        rule: "revision",
        at: { definition: lockfile },
        what: `the packages that the revision is locked to cannot be installed: ${ran.reason}`,
        fix: "run the command again where the npm registry can be reached",
      },
    ]);
  }
  keep(draft, place);
  return join(place, "node_modules");
}

/** Another command may have installed the same meanwhile; one of them is enough. */
function keep(draft: string, place: string): void {
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}
