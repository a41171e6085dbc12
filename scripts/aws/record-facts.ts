import { $ } from "zx/core";
import { join } from "node:path";
import type { EksCluster } from "../../synth/model/cluster.ts";
import { addonReleasesFolder, clusterPath, fleetPath, releasePath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { refreshedLine, refreshFacts } from "../promotion/refresh-facts.ts";
import { root } from "../root.ts";
import { askGit } from "./git.ts";
import { fetchMain, pathsOf } from "./main-branch.ts";
import { compareFacts, writeFacts } from "./outputs.ts";
import type { Session } from "./session.ts";

/**
 * Brings what AWS says of a cluster to where its reconciler reads: into the facts, into frozen releases, into dist, and onto main. The last is a
 * person's to merge, unless `push` allows to do it here.
 *
 * @returns what still has to reach main; none if everything is there
 */
export async function recordFacts(session: Session, push: boolean): Promise<readonly string[]> {
  const { definition, say, fleet, dryRun } = session;
  const { name } = definition;
  const difference = await compareFacts(session);
  for (const line of difference.lines) say(`  ${line}`);
  if (!dryRun && difference.lines.length > 0) writeFacts(difference);
  if (!dryRun) for (const each of await refreshFacts(name)) say(`  ${refreshedLine(each)}`);
  if (!dryRun) await render(name);
  const main = await fetchMain(fleet, name);
  const differing = await main.differing([...pathsOf(name), ...releasesOf(definition)]);
  if (differing.length === 0 || dryRun || !push) return differing;
  await session.confirm(
    `commit ${differing.length} files of ${name}, and push them to ${fleet.repository.branch}?`,
  );
  await commitAndPush(session, differing, main.commit);
  return [];
}

/** Releases of what stands on the cluster: they change where what they are frozen at holds facts. */
function releasesOf({ placements, group }: EksCluster): readonly string[] {
  return [
    ...placements.map(({ app, environment }) => releasePath(app, environment)),
    ...(group === undefined ? [] : [`${addonReleasesFolder}/${group}`]),
  ];
}

async function render(cluster: string): Promise<void> {
  const command = [join(root, "scripts/cli.ts"), "synth", "--cluster", cluster];
  const { exitCode, stderr } = await $({
    cwd: root,
    quiet: true,
    nothrow: true,
  })`${process.execPath} ${command}`;
  if (exitCode === 0) return;
  throw refusal(
    cluster,
    `dist cannot be rendered from the new facts: ${stderr.trim()}`,
    "put that right, then run the command again",
  );
}

/** One commit of exactly these files, on top of what main is now. */
async function commitAndPush(
  { fleet, definition }: Session,
  paths: readonly string[],
  main: string,
): Promise<void> {
  const { url, branch } = fleet.repository;
  const ahead = (await askGit("rev-list", "--count", `${main}..HEAD`)).stdout.trim();
  const behind = (await askGit("rev-list", "--count", `HEAD..${main}`)).stdout.trim();
  if (ahead !== "0" || behind !== "0") {
    const fix = `bring the clone to ${branch} as it is on the server, and run the command again; or commit and merge by a pull request`;
    throw refusal(
      definition.name,
      `this clone is ${ahead} commits ahead of ${branch} and ${behind} behind it`,
      fix,
    );
  }
  const message = `Record what AWS says of ${definition.name}`;
  const steps = [
    ["add", "--all", "--", ...paths],
    ["commit", "--quiet", "--message", message, "--only", "--", ...paths],
    ["push", "--quiet", url, `HEAD:refs/heads/${branch}`],
  ];
  for (const step of steps) {
    const { ok, reason } = await askGit(...step);
    if (!ok) {
      const fix = "open a pull request with the commit, merge it, and run the command again";
      throw refusal(definition.name, `git ${step[0]}: ${reason.split("\n").at(-1) ?? ""}`, fix);
    }
  }
}

function refusal(cluster: string, what: string, fix: string): ProblemsError {
  const at = { definition: clusterPath(cluster), cluster, object: fleetPath };
  return new ProblemsError([{ rule: "aws-record", at, what, fix }]);
}
