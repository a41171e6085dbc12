import { createHash } from "node:crypto";
import { subjectOwner } from "../../synth/model/release.ts";
import type { Release, Subject } from "../../synth/model/release.ts";
import { isoTime } from "../../synth/release/refusals.ts";
import { makeReport } from "../report/make-report.ts";
import { markdownReport } from "../report/markdown.ts";
import { readWaivers } from "../report/read-waivers.ts";
import type { Composition, NextRelease } from "./compose.ts";
import type { Desk } from "./desk.ts";

/** Characters that a pull request's text may have: GitHub takes no more. */
const longestBody = 65_536;

/** Characters of the names of apps in a branch; more of them are counted. */
const longestNames = 60;

/** Short form of a commit, for people and branches. */
export const short = (commit: string): string => commit.slice(0, 12);

/** `promote/shop/staging/0123456789ab`; of a train all names, or their number and a digest of them. */
export function branchName(
  kind: "promote" | "rollback" | "hotfix",
  of: Subject["of"],
  names: readonly string[],
  steps: readonly string[],
  suffix: string,
): string {
  const joined = names.toSorted().join("+");
  const digest = createHash("sha256").update(joined).digest("hex").slice(0, 8);
  const named = joined.length <= longestNames ? joined : `${names.length}-${of}s-${digest}`;
  return [kind, ...(of === "addon" ? ["addons"] : []), named, steps.join("+"), suffix].join("/");
}

/** `shop, cart to staging, prod`. */
export function listed(names: readonly string[]): string {
  return names.length <= 4
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

/** Text of the pull request: what is released, what was not checked, then what the clusters will do. */
export function pullRequestBody(
  desk: Desk,
  why: string,
  releases: readonly NextRelease[],
  { before, after }: Composition,
  notes: readonly string[],
): string {
  const rows = releases.map(({ subject, before: old, release }) => {
    const { revision, slices, from } = release.frozen;
    const cells = [
      `\`${subjectOwner(subject)}\``,
      old?.frozen ? `\`${short(old.frozen.revision)}\`` : "none",
      `\`${short(revision)}\`${from === undefined ? "" : ` from ${from}`}`,
      imageChanges(old, release) || "the same",
      Object.keys(slices).join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const head = [
    why,
    "",
    "| release | ran | will run | images | clusters |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    ...(notes.length > 0 ? [...notes.map((note) => `- Not checked: ${note}`), ""] : []),
  ].join("\n");
  const report = makeReport({
    base: before,
    head: after,
    baseName: `main at ${short(desk.base)}`,
    headName: "this promotion",
    clusters: desk.fleet.clusters,
    waivers: readWaivers(desk.root, desk.base),
    today: isoTime(desk.now).slice(0, 10),
  });
  return `${head}\n${markdownReport(report, longestBody - head.length - 1)}`;
}

function imageChanges(before: Release | undefined, { images }: Release): string {
  return Object.entries(images)
    .filter(([name, pin]) => before?.images[name] !== pin)
    .map(([name, pin]) => `${name} \`${pin.replace(/^sha256:(.{12}).*$/, "$1")}\``)
    .join(", ");
}
