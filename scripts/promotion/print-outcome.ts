import { styleText } from "node:util";
import type { Outcome } from "./propose.ts";
import { short } from "./text.ts";

/** Prints what a command proposed, or would. */
export function printOutcome(outcome: Outcome, { dryRun, json }: { dryRun?: boolean; json?: boolean }): void {
  if (json === true) {
    console.log(JSON.stringify(outcome));
    return;
  }
  for (const line of outcomeLines(outcome, dryRun === true)) console.log(line);
}

function outcomeLines(outcome: Outcome, dryRun: boolean): readonly string[] {
  const { title, releases, files, notes, published, branch } = outcome;
  if (releases.length === 0) return ["nothing to do: it runs this release already"];
  return [
    styleText("bold", title),
    ...releases.map(
      ({ slice, ran, revision, clusters }) =>
        `  ${slice}  ${ran === null ? "first release" : short(ran)} → ${short(revision)}  on ${clusters.join(", ")}`,
    ),
    `  ${files.length} files change`,
    ...notes.map((note) => styleText("yellow", `  not checked: ${note}`)),
    ...(published === null
      ? [dryRun ? `dry run: nothing was pushed; it would be branch ${branch}` : ""]
      : publishedLines(published)),
  ];
}

function publishedLines({
  branch,
  commit,
  pushed,
  pullRequest,
}: NonNullable<Outcome["published"]>): readonly string[] {
  const what = `branch ${branch} at ${short(commit)}`;
  const told = {
    pushed: `pushed ${what}`,
    already: `${what} was pushed before`,
    local: `made ${what}, in this clone: there is no remote to push to`,
  }[pushed];
  if (pullRequest === undefined) return [told];
  return [told, `${pullRequest.existed ? "updated" : "opened"} ${pullRequest.url}`];
}
