import { styleText } from "node:util";
import { pinText } from "../output/pin-text.ts";
import type { Outcome } from "./propose.ts";
import { short } from "./text.ts";

type Told = Outcome["releases"][number];

/** Prints what a command proposed, or would. */
export function printOutcome(outcome: Outcome, { dryRun, json }: { dryRun?: boolean; json?: boolean }): void {
  if (json === true) {
    console.log(JSON.stringify(outcome));
    return;
  }
  for (const line of outcomeLines(outcome, dryRun === true)) console.log(line);
}

/** For people: what is released, by which images, and where it waits to be merged. */
export function outcomeLines(outcome: Outcome, dryRun: boolean): readonly string[] {
  const { title, releases, files, notes, published, branch } = outcome;
  if (releases.length === 0) return ["nothing to do: it runs this release already"];
  return [
    styleText("bold", title),
    ...releases.flatMap(releaseLines),
    `  ${files.length} files change`,
    ...notes.map((note) => styleText("yellow", `  not checked: ${note}`)),
    ...(published === null
      ? [dryRun ? `dry run: nothing was pushed; it would be branch ${branch}` : ""]
      : publishedLines(published)),
  ];
}

/** A release in a line, and in one each the images that are others. */
function releaseLines({ slice, ran, revision, clusters, images, ranImages }: Told): readonly string[] {
  const before = ran === null ? "first release" : short(ran);
  const move = ran === revision ? `stays at ${short(revision)}` : `${before} → ${short(revision)}`;
  const others = Object.entries(images).filter(([name, pin]) => ranImages?.[name] !== pin);
  return [
    `  ${slice}  ${move}  on ${clusters.join(", ")}`,
    ...others.map(([name, pin]) => {
      const former = ranImages?.[name];
      return `    ${name}  ${former === undefined ? "" : `${pinText(former)} → `}${pinText(pin)}`;
    }),
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
  const { url, existed, byHand } = pullRequest;
  if (byHand === true) return [told, `merge it to release it, since no forge is known there: ${url}`];
  return [told, `${existed ? "updated" : "opened"} ${url}`];
}
