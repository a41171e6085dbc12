import { cell, code, prose } from "./markdown-text.ts";
import type { Report } from "./report.ts";
import { mergeClusters } from "./verdict-lines.ts";
import { count } from "./wording.ts";

/** Findings that a comment shows. */
const mostFindings = 20;

/** What the gates say, for a pull request: one line, and a table where something stops it. */
export function verdictSections({ verdict, changes }: Report): readonly string[] {
  const { refused, waived, unused, nearExpiry } = verdict;
  const nothing = changes.folded.length === 0 && changes.unreadable.length === 0;
  const findings = mergeClusters(refused);
  const title =
    findings.length > 0
      ? `### ⛔ ${count(findings.length, "finding")} ${findings.length === 1 ? "stops" : "stop"} this change`
      : nothing
        ? "### ✅ Nothing changes in any cluster"
        : "### ✅ No gate refuses this change";
  const rows = findings
    .slice(0, mostFindings)
    .map(
      ({ problem: { rule, at, what, fix }, clusters }) =>
        `| ${cell(rule)} | ${cell(at.object ?? at.definition)} | ${cell(clusters.join(", "))} | ${prose(what)} | ${prose(fix)} |`,
    );
  const more =
    findings.length > mostFindings
      ? [`\n${findings.length - mostFindings} more: \`npm run slipway -- gate\``]
      : [];
  const notes = [
    ...mergeWaived(waived).map(
      ({ waiver, objects }) =>
        `- ${code(waiver.rule)} is waived for ${objects.map(code).join(", ")} until ${waiver.expires} by ${code(waiver.who)}: ${prose(waiver.reason)}`,
    ),
    ...unused.map(({ path }) => `- ${code(path)} lets nothing pass: remove it once its change is in`),
    ...nearExpiry.map(({ path, expires }) => `- ${code(path)} ends on ${expires}`),
  ];
  return [
    title,
    ...(rows.length === 0
      ? []
      : [["| Gate | Object | Cluster | What | Fix |", "|---|---|---|---|---|", ...rows, ...more].join("\n")]),
    ...(notes.length === 0 ? [] : [`**Waivers**\n\n${notes.join("\n")}`]),
  ];
}

function mergeWaived(waived: Report["verdict"]["waived"]) {
  const groups = Map.groupBy(waived, ({ waiver }) => waiver);
  return [...groups].map(([waiver, members]) => ({
    waiver,
    objects: [...new Set(members.map(({ problem }) => problem.at.object ?? ""))],
  }));
}
