import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { asProblem } from "../tree/failure.ts";
import { writeWhole } from "../whole-file.ts";

/** Puts another content in a file's place: whoever reads it finds the old one or the new one, and nothing in between. */
export function replaceFile(path: string, content: string): void {
  asProblem(path, `${path} is as it was before`, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, content);
  });
}
