import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GitServer } from "../../../scripts/git-server/git-server.ts";
import { startGitServer } from "../../../scripts/git-server/start.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { writeManifests } from "./plane.ts";

/** A repository with manifests in its folder `app`, served over HTTP. */
export interface ServedRepository {
  readonly url: string;
  /** Makes these all that the folder holds. */
  commit(objects: readonly KubernetesObject[]): void;
  /** Adds a file to it, whatever it holds. */
  commitFile(name: string, content: string): void;
  /** The server is gone until `reappear`, and back on the same port. */
  vanish(): Promise<void>;
  reappear(): Promise<void>;
  stop(): Promise<void>;
}

export async function serveRepository(folder: string): Promise<ServedRepository> {
  const served = join(folder, "served");
  const bare = join(served, "demo.git");
  const work = join(folder, "work");
  mkdirSync(served, { recursive: true });
  git(folder, "init", "--quiet", "--bare", "--initial-branch=main", bare);
  git(folder, "clone", "--quiet", bare, work);
  let server: GitServer = await startGitServer({ folder: served });
  const { port, url } = server;
  return {
    url: `${url}/demo.git`,
    commit: (objects) => {
      rmSync(join(work, "app"), { recursive: true, force: true });
      writeManifests(join(work, "app"), objects);
      publish(work);
    },
    commitFile: (name, content) => {
      const path = join(work, "app", name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      publish(work);
    },
    vanish: () => server.stop(),
    reappear: async () => {
      server = await startGitServer({ folder: served, port });
    },
    stop: () => server.stop(),
  };
}

function publish(work: string): void {
  git(work, "add", "--all");
  git(work, "commit", "--quiet", "--message=change");
  git(work, "push", "--quiet", "origin", "HEAD:main");
}

function git(cwd: string, ...args: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
}
