import { escapeHtml } from "../output/html.ts";
import { visible } from "../output/problems.ts";

/**
 * Text of manifests in Markdown. Whatever it is, it stays text: in code, forges look for neither mentions nor links nor
 * references.
 */

/** Inline code of one line. */
export function code(text: string): string {
  const line = visible(text.replaceAll("\n", "⏎"));
  if (line.trim() === "") return "` `";
  const fence = "`".repeat(longestRun(line) + 1);
  const isFenced = line.startsWith("`") || line.endsWith("`") || line.startsWith(" ") || line.endsWith(" ");
  return isFenced ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Inline code in a table. A backslash before a bar would free the bar, so that the bar is written as another one. */
export function cell(text: string): string {
  return text === "" ? "" : code(text.replaceAll("\\|", "\\¦").replace(/\\$/, "\\ ")).replaceAll("|", "\\|");
}

/** Signs by which forges find people, issues, labels and the like; a space of no width after them hides what follows. */
const references = /[@#!$%&~^*]/g;
const noWidth = "\u200B";

/** What Markdown takes for more than text, within a line of a table or of a list. */
const punctuation = /[\\`*_[\]<>|~(){}&]/g;

/** Where forges begin a link by themselves. */
const links = /:(?=\/\/)|www(?=\.)/gi;

/** A sentence, with nothing in it that Markdown or a forge would take for more; fit for a table, too. */
export function prose(text: string): string {
  return visible(text.replaceAll("\n", " "))
    .replace(links, `$&${noWidth}`)
    .replace(references, `$&${noWidth}`)
    .replace(punctuation, "\\$&");
}

/** A block of lines, coloured where they start with `+ ` or `- `. */
export function block(lines: readonly string[]): string {
  const text = lines.map((line) => visible(line.replaceAll("\n", "⏎"))).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}diff\n${text}\n${fence}`;
}

/** Code in a line of HTML. */
export function htmlCode(text: string): string {
  return `<code>${escapeHtml(visible(text.replaceAll("\n", "⏎")))}</code>`;
}

/** Backticks in a row at most. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
