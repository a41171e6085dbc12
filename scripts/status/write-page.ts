import { renameSync, rmSync, writeFileSync } from "node:fs";
import { ProblemsError } from "../../synth/model/problem.ts";

/**
 * Puts a page where the user wants it, whole or not at all.
 *
 * @throws ProblemsError if it cannot be written there
 */
export function writePage(path: string, page: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, page, { flag: "wx" });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new ProblemsError([
      {
        rule: "usage",
        at: { definition: path },
        what: `the page cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        fix: "name a file in a folder that is there and that you may write to",
      },
    ]);
  }
}
