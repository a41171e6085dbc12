import { makeReport } from "./make-report.ts";
import type { ReportInput } from "./make-report.ts";
import { markdownReport } from "./markdown.ts";

export type { ReportInput };

/** What two revisions of dist differ in, as the text of a pull request: at most 65,536 characters of Markdown. */
export function pullRequestMarkdown(input: ReportInput): string {
  return markdownReport(makeReport(input));
}
