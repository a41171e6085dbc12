import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../tree/failure.ts";
import { root } from "../root.ts";
import { refusal } from "./name.ts";
import type { Scaffold } from "./scaffold.ts";

const folder = ".slipway";
/** There only while `new` writes; it says what to do should the process be killed. */
const path = `${folder}/new-unfinished.txt`;
const file = join(root, path);

/** @throws ProblemsError with what to remove, if a `new` was killed while it wrote */
export function refuseUnfinished(): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  throw refusal(
    "an earlier `slipway new` was killed before it was done, or still runs",
    found.isFile() ? readFileSync(file, "utf8").trim() : `remove ${path}`,
    path,
  );
}

/** Writes down what is about to be written, and returns what takes that back. */
export function beginUnfinished({ files, edits }: Pick<Scaffold, "files" | "edits">): () => void {
  refuseLink();
  mkdirSync(join(root, folder), { recursive: true });
  const steps = [
    ...files.map((each) => `remove ${each.path} if it is there`),
    ...edits.map((each) => `undo the last change of ${each.path}, and remove ${each.path}.*.new`),
    `then remove ${path}`,
  ];
  try {
    writeFileSync(file, `${steps.join("; ")}\n`, { flag: "wx" });
  } catch (error) {
    if (errorCode(error) === "EEXIST") refuseUnfinished();
    throw error;
  }
  return endUnfinished;
}

export function endUnfinished(): void {
  rmSync(file, { force: true });
}

function refuseLink(): void {
  const found = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  throw refusal(`${folder} is not a folder`, "remove it; Slipway makes the folder again", folder);
}
