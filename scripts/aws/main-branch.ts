import { clusterPath, factsPath, inDist } from "../../synth/model/paths.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { askGit } from "./git.ts";

/** What the reconcilers follow, as it is on the server now. */
export interface MainBranch {
  readonly commit: string;
  /** Paths among these that are not there as they are here, by path from the repository root. */
  readonly differing: (paths: readonly string[]) => Promise<readonly string[]>;
  /** Whether a path is in a commit as it is in this one. */
  readonly isSameIn: (commit: string, path: string) => Promise<boolean>;
}

/** @throws ProblemsError if the repository that the fleet names cannot be read */
export async function fetchMain({ repository }: Fleet, cluster: string): Promise<MainBranch> {
  const { url, branch } = repository;
  const fetch = () => askGit("fetch", "--quiet", "--no-tags", url, `+refs/heads/${branch}:refs/slipway/main`);
  const fetched = await fetch();
  if (!fetched.ok) {
    throw new ProblemsError([
      {
        rule: "aws-repository",
        at: { definition: "clusters/fleet.ts", cluster },
        what: `${branch} of ${url} cannot be fetched: ${fetched.reason.split("\n").at(-1) ?? ""}`,
        fix: "correct the repository in clusters/fleet.ts, or your access to it",
      },
    ]);
  }
  const commit = (await askGit("rev-parse", "refs/slipway/main")).stdout.trim();
  return {
    commit,
    differing: async (paths) => {
      const changed = await askGit("diff", "--name-only", "-z", commit, "--", ...paths);
      const added = await askGit("ls-files", "--others", "--exclude-standard", "-z", "--", ...paths);
      return `${changed.stdout}${added.stdout}`.split("\0").filter((path) => path !== "");
    },
    isSameIn: async (other, path) => {
      const isKnown = async () => (await askGit("cat-file", "-e", `${other}^{commit}`)).ok;
      // Somebody has merged since: the reconciler is at a commit that this clone has not seen.
      if (!(await isKnown())) await fetch();
      return (await isKnown()) && (await askGit("diff", "--quiet", other, commit, "--", path)).ok;
    },
  };
}

/** What of a cluster the reconciler reads, or what it reads is rendered from. */
export function pathsOf(cluster: string): readonly string[] {
  return [inDist(cluster), factsPath(cluster), clusterPath(cluster)];
}
