import { tryGit } from "../git/git.ts";

/**
 * Subjects of the commits that a revision has and an older one lacks, as far as they changed these paths; newest first.
 * None where one of the two is not in this clone, or none of the paths.
 */
export async function commitsBetween(
  root: string,
  older: string,
  newer: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const literal = paths.map((path) => `:(literal)${path}`);
  const range = ["--end-of-options", newer, `^${older}`];
  const { ok, stdout } = await tryGit(root, [
    "log",
    "--no-merges",
    "--format=%s",
    ...range,
    "--",
    ...literal,
  ]);
  return ok ? stdout.split("\n").filter((line) => line !== "") : [];
}
