import { existsSync, lstatSync, readFileSync, readdirSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { addonReleasesFolder, distRoot, factsFolder, releasesFolder } from "../synth/model/paths.ts";
import { ProblemsError } from "../synth/model/problem.ts";
import type { Problem } from "../synth/model/problem.ts";
import type { Inputs } from "../synth/resolve/inputs.ts";
import type { Dist } from "../synth/release/slice-files.ts";
import { root } from "./root.ts";
import { readTree } from "./tree/tree.ts";
import { messageOf } from "./output/message-of.ts";

/** Largest file that is read, in bytes: facts and releases have a few hundred, so a megabyte is something else. */
const largest = 1 << 20;

const asFolder = "make it a folder that you may read";

/**
 * Reads what definitions are joined with: the committed JSON, and dist, for the slices that are frozen in it. Reads
 * whatever is there; synth says what is wrong.
 *
 * @param dist what dist holds, for whoever has read it already
 * @throws ProblemsError with every file that cannot be read
 */
export function readInputs(dist: Dist = readTree(join(root, distRoot))): Inputs {
  const problems: Problem[] = [];
  const inputs: Inputs = {
    facts: new Map(jsonFiles(factsFolder, problems)),
    releases: new Map(
      folders("apps", problems).flatMap((app) =>
        jsonFiles(releasesFolder(app), problems).map(([environment, text]): [string, string] => [
          `${app}/${environment}`,
          text,
        ]),
      ),
    ),
    addonReleases: new Map(
      folders(addonReleasesFolder, problems).flatMap((group) =>
        jsonFiles(`${addonReleasesFolder}/${group}`, problems).map(([addon, text]): [string, string] => [
          `${group}/${addon}`,
          text,
        ]),
      ),
    ),
    dist,
  };
  if (problems.length > 0) throw new ProblemsError(problems);
  return inputs;
}

/** Text of the JSON files of a folder by name without extension; none if there is no such folder. */
function jsonFiles(folder: string, problems: Problem[]): readonly [name: string, text: string][] {
  return entries(folder, problems)
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .flatMap((name) => {
      const text = attempt(`${folder}/${name}`, problems, "make it a regular file that you may read", read);
      return text === undefined ? [] : [[name.slice(0, -".json".length), text]];
    });
}

function folders(folder: string, problems: Problem[]): readonly string[] {
  const all = entries(folder, problems);
  // Passed over, it would take the releases in it along unseen.
  for (const { name } of all.filter((entry) => entry.isSymbolicLink()))
    attempt(`${folder}/${name}`, problems, asFolder, refuseLink);
  return all.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** What is in a folder; nothing if there is none. */
function entries(folder: string, problems: Problem[]): readonly Dirent[] {
  const listed = attempt(folder, problems, asFolder, (path) => {
    refuseLink(path);
    return existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  });
  return listed ?? [];
}

/** What a link leads to is not what git has, whose history tells what was released. */
function refuseLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw new Error("it is a symbolic link");
}

function read(path: string): string {
  refuseLink(path);
  const found = statSync(path);
  // Opening a pipe would wait for somebody to write to it.
  if (!found.isFile()) throw new Error("it is no regular file");
  if (found.size > largest) throw new Error(`its ${found.size} bytes are more than the ${largest} allowed`);
  return readFileSync(path, "utf8");
}

/** What the work returns; undefined, and a problem with the path, if it fails. */
function attempt<Result>(
  path: string,
  problems: Problem[],
  fix: string,
  work: (path: string) => Result,
): Result | undefined {
  try {
    return work(join(root, path));
  } catch (error) {
    const reason = messageOf(error).replaceAll(`${root}/`, "");
    const what = `it cannot be read: ${reason}`;
    problems.push({ rule: "input-file", at: { definition: path }, what, fix });
    return undefined;
  }
}
