import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repository, slipway } from "../commands/slipway.ts";
import { writeFleet } from "./fleet-source.ts";
import type { FleetWish } from "./fleet-source.ts";
import type { Outcome } from "../commands/slipway.ts";

/** A clone with the real command line in it. */
export interface Clone {
  readonly root: string;
  readonly slipway: (...args: readonly string[]) => Promise<Outcome>;
  readonly git: (...args: readonly string[]) => string;
  readonly read: (path: string) => string;
  readonly has: (path: string) => boolean;
  readonly write: (path: string, content: string) => void;
  readonly edit: (path: string, text: string, replacement: string) => void;
  /** Renders, commits everything and pushes main. */
  readonly land: (subject: string) => Promise<void>;
  /** Merges a branch of the remote into main, pushes, and removes the branch. */
  readonly merge: (branch: string) => void;
  readonly pull: () => void;
}

export interface Repositories {
  readonly folder: string;
  readonly origin: string;
  readonly main: Clone;
  readonly clone: (name: string) => Clone;
  readonly remove: () => void;
}

/** What a clone needs of this repository: its code, and what says which packages it runs on. */
const code = [
  "scripts",
  "synth",
  "package.json",
  "package-lock.json",
  ".npmrc",
  ".gitattributes",
  ".gitignore",
];

/** A bare repository with a small fleet, and a clone of it that is rendered and pushed. */
export async function repositories(wish: FleetWish = {}): Promise<Repositories> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-promotion-")));
  const origin = join(folder, "origin.git");
  run(folder, ["init", "--quiet", "--bare", "--initial-branch=main", origin]);
  const clone = (name: string): Clone => {
    run(folder, ["clone", "--quiet", origin, name]);
    return cloneAt(join(folder, name), name);
  };
  const main = clone("main");
  for (const name of code) cpSync(join(repository, name), join(main.root, name), { recursive: true });
  writeFleet(main, wish);
  await main.land("Begin");
  return { folder, origin, main, clone, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function cloneAt(root: string, name: string): Clone {
  const git = (...args: readonly string[]): string => run(root, args);
  run(root, ["config", "user.name", `Ada of ${name}`]);
  run(root, ["config", "user.email", `${name}@example.com`]);
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  // Here it is a link, which .gitignore's folder is not.
  writeFileSync(join(root, ".git/info/exclude"), "node_modules\n");
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const command = (...args: readonly string[]): Promise<Outcome> => slipway(args, { root });
  return {
    root,
    git,
    read,
    write,
    slipway: command,
    has: (path) => existsSync(join(root, path)),
    edit: (path, text, replacement) => {
      const before = read(path);
      if (!before.includes(text)) throw new Error(`${path} does not contain ${text}`);
      write(
        path,
        before.replace(text, () => replacement),
      );
    },
    land: async (subject) => {
      const { status, stderr } = await command("synth");
      if (status !== 0) throw new Error(`synth failed: ${stderr}`);
      git("add", "--all");
      git("commit", "--quiet", "--message", subject);
      git("push", "--quiet", "origin", "HEAD:main");
    },
    merge: (branch) => {
      git("fetch", "--quiet", "origin");
      git("switch", "--quiet", "main");
      git("merge", "--quiet", "--ff-only", "origin/main");
      git("merge", "--quiet", "--no-ff", "--no-edit", `origin/${branch}`);
      git("push", "--quiet", "origin", "main");
      git("push", "--quiet", "origin", "--delete", branch);
    },
    pull: () => git("pull", "--quiet", "--ff-only", "origin", "main"),
  };
}

function run(cwd: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}
