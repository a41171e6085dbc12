import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { ProblemsError } from "../synth/model/problem.ts";
import type { Problem } from "../synth/model/problem.ts";
import { definitionLines } from "./definition-lines.ts";
import { root } from "./root.ts";

/** The file that a module which cannot be found was imported from. */
const importer = /imported from (.+\.ts)$/m;

/** A problem for whatever kept definitions from loading, at the file to open. */
export function loadProblem(error: unknown, entry: string): Problem {
  const { file, where } = placeOf(error);
  return {
    rule: "definition",
    at: { definition: file ?? entry },
    what: `${where}the definitions do not load: ${messageOf(error)}`,
    fix: "correct it; npm run test:types says more",
  };
}

/**
 * Runs what calls definitions. An error that one of them throws is a problem at its line; an error that goes
 * through no definition is a bug of ours, and stays one.
 */
export function callDefinitions<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (error instanceof ProblemsError) throw error;
    const { file, where } = placeOf(error);
    if (file === undefined) throw error;
    throw new ProblemsError([
      {
        rule: "definition",
        at: { definition: file },
        what: `${where}the definition fails: ${messageOf(error)}`,
        fix: "correct it; npm run test:types says more",
      },
    ]);
  }
}

function placeOf(error: unknown): { readonly file: string | undefined; readonly where: string } {
  if (!(error instanceof Error)) return { file: undefined, where: "" };
  const [innermost] = definitionLines(error.stack ?? "");
  if (innermost !== undefined) return { file: innermost.file, where: `line ${innermost.line}: ` };
  const path = relative(root, importer.exec(error.message)?.[1] ?? root).replaceAll("\\", "/");
  return { file: path !== "" && existsSync(join(root, path)) ? path : undefined, where: "" };
}

/** Paths of this machine say nothing in a message: they are told from the repository root. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return message.replaceAll(`${root}/`, "");
}
