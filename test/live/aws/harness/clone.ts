import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleet } from "../../../../clusters/fleet.ts";
import { copyRepository, repository } from "../../../commands/slipway.ts";
import type { Copy } from "../../../commands/slipway.ts";
import { atEnd } from "./endings.ts";

/** A clone of the repository, and the server that it was cloned from. */
export interface Clone extends Copy {
  /** Folder of the server's repositories, each at the path of its URL. */
  readonly server: string;
  readonly git: (...args: readonly string[]) => string;
  /** Commits everything and pushes it to main, as somebody who merged a pull request. */
  readonly publish: (message: string) => void;
}

/** The repository as it stands, in git, with a server of its own that the fleet names; gone after the tests of the file. */
export function cloneRepository(): Clone {
  const copy = copyRepository();
  const server = realpathSync(mkdtempSync(join(tmpdir(), "slipway-server-")));
  atEnd(() => {
    for (const folder of [server, copy.root]) rmSync(folder, { recursive: true, force: true });
  });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", copy.root, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const served = join(server, new URL(fleet.repository.url).pathname);
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch", "main", served]);
  // Flux asks for a part only.
  execFileSync("git", ["-C", served, "config", "uploadpack.allowFilter", "true"]);
  git("init", "--quiet", "--initial-branch", "main");
  // On top of this repository's history, which releases are frozen at revisions of.
  git("fetch", "--quiet", "--no-tags", repository, "HEAD");
  git("update-ref", "refs/heads/main", "FETCH_HEAD");
  git("config", "user.name", "Developer");
  git("config", "user.email", "developer@example.com");
  // The fleet's URL leads to the server here.
  git("config", `url.file://${served}.insteadOf`, fleet.repository.url);
  // A link, which the rule for a folder does not ignore.
  copy.write(".git/info/exclude", "node_modules\n");
  const publish = (message: string): void => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    git("push", "--quiet", fleet.repository.url, "HEAD:refs/heads/main");
  };
  return { ...copy, server, git, publish };
}
