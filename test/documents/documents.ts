import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../commands/slipway.ts";

export interface DocumentedCommand {
  /** Path of the document from the repository root. */
  readonly document: string;
  /** On one line, without comment. */
  readonly command: string;
}

/** Every document a reader may follow, by path from the repository root. */
export const documents: ReadonlyMap<string, string> = new Map(
  ["*.md", "docs/**/*.md", "apps/*/*.md", "clusters/**/*.md", "platform/**/*.md"]
    .flatMap((pattern) => globSync(pattern, { cwd: repository }))
    .toSorted()
    .map((path) => [path, readFileSync(join(repository, path), "utf8")]),
);

/** A document that has to be there. */
export function documentAt(path: string): string {
  const text = documents.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}

const programs = /^(?:(?:npm|npx|node|aws|kubectl|helm|flux|git) |\.ci\/run$)/;
const fence = /^```(\w*)\n(.*?)^```$/gms;

/** Content of the code blocks of these languages. */
export function blocks(document: string, language: string): readonly string[] {
  return [...document.matchAll(fence)].flatMap(([, found, content = ""]) =>
    found === language ? [content] : [],
  );
}

/** What stands in backticks in running text. */
export function inlineCode(document: string): readonly string[] {
  return [...document.replace(fence, "").matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => code ?? []);
}

/** Commands in shell blocks, in indented blocks and in backticks. */
export const documentedCommands: readonly DocumentedCommand[] = [...documents].flatMap(([document, text]) => {
  const lines = [...blocks(text, "sh"), ...text.replace(fence, "").matchAll(/^ {4}\S.*$/gm)]
    .flatMap((block) => String(block).replaceAll("\\\n", " ").split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim());
  return [...lines, ...inlineCode(text)]
    .map((command) => command.replace(/\s+/g, " ").trim())
    .filter((command) => programs.test(command))
    .map((command) => ({ document, command }));
});
