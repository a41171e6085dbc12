import type { Report } from "./report.ts";

/** The report as the comment of a pull request, of at most `limit` characters. */
export function markdownReport(report: Report, _limit = 65_536): string {
  return `${report.base} ${report.head}\n`;
}
