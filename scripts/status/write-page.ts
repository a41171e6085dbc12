import { ProblemsError } from "../../synth/model/problem.ts";
import { writeWhole } from "../whole-file.ts";
import { messageOf } from "../output/message-of.ts";

/**
 * Puts a page where the user wants it, whole or not at all.
 *
 * @throws ProblemsError if it cannot be written there
 */
export function writePage(path: string, page: string): void {
  try {
    writeWhole(path, page);
  } catch (error) {
    throw new ProblemsError([
      {
        rule: "usage",
        at: { definition: path },
        what: `the page cannot be written: ${messageOf(error)}`,
        fix: "name a file in a folder that is there and that you may write to",
      },
    ]);
  }
}
