import { pathToFileURL } from "node:url";
import { root } from "./root.ts";

/** A line of a definition. */
interface DefinitionLine {
  /** Path from the repository root, such as `apps/attractor-factory/app.ts`. */
  readonly file: string;
  readonly line: number;
}

const rootUrl = `${pathToFileURL(root).href}/`;

/** Lines of apps/, platform/ and clusters/ that a stack goes through, innermost first. */
export function definitionLines(stack: string): readonly DefinitionLine[] {
  return stack.split(rootUrl).flatMap((rest) => {
    const match = /^((?:apps|clusters|platform)\/[^\s:)]+):(\d+)/.exec(rest);
    if (match === null) return [];
    const [, path = "", line] = match;
    return [{ file: decodeURIComponent(path), line: Number(line) }];
  });
}
