import { refusal } from "./name.ts";

/** A TypeScript file with one more import, in the order of paths; the same file if it has it. */
export function withImport(source: string, name: string, from: string): string {
  const statement = `import { ${name} } from "${from}";`;
  if (source.includes(statement)) return source;
  const imports = [...source.matchAll(/^import\s[^;]*?from "([^"]+)";\n/gm)];
  const isSibling = (path = "") => path.slice(0, path.lastIndexOf("/")).split("/")[0] === from.split("/")[0];
  const next = imports.find(([, path = ""]) => isSibling(path) && path > from);
  const last = imports.at(-1);
  const at = next?.index ?? (last ? last.index + last[0].length : 0);
  return `${source.slice(0, at)}${statement}\n${source.slice(at)}`;
}

/**
 * A TypeScript file with one more entry at the end of the only array that `start` matches up to its bracket.
 *
 * @throws ProblemsError if there is no such array, or more than one
 */
export function withEntry(path: string, source: string, start: RegExp, entry: string): string {
  const [match, ...others] = source.matchAll(new RegExp(start, "gm"));
  const end = match && endOfArray(source, match.index + match[0].length);
  if (end === undefined || others.length > 0) {
    throw refusal(
      `${path} has not exactly one list to add ${entry} to`,
      "add it by hand, in the others' way",
      path,
    );
  }
  const { lastWord, bracket } = end;
  const comma = source[lastWord] === "," || source[lastWord] === "[" ? "" : ",";
  const comments = source.slice(lastWord + 1, bracket).trimEnd();
  return `${source.slice(0, lastWord + 1)}${comma}${comments}\n${entry},\n${source.slice(bracket)}`;
}

/** Positions of an array's closing bracket, and of the last character before it that is no space or comment. */
function endOfArray(source: string, from: number): { lastWord: number; bracket: number } | undefined {
  // Strings and comments are passed over whole, so that a bracket in one of them counts for nothing.
  const token = /\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\S/g;
  token.lastIndex = from;
  let depth = 1;
  let lastWord = from - 1;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    const [text] = match;
    if ("[({".includes(text)) depth += 1;
    if ("])}".includes(text)) depth -= 1;
    if (depth === 0) return { lastWord, bracket: match.index };
    if (!/^\/[/*]/.test(text)) lastWord = match.index + text.length - 1;
  }
  return undefined;
}
