import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDocument, textAt } from "./document.ts";

export interface ModuleFile {
  readonly path: string;
  readonly text: string;
}

/** Files of a Go module that match, in order of their paths. Needs `go`; asks the module proxy where its cache lacks it. */
export function moduleFiles(
  module: string,
  version: string,
  patterns: readonly string[],
): readonly ModuleFile[] {
  const folder = download(module, version);
  const paths = patterns.flatMap((pattern) => globSync(pattern, { cwd: folder })).toSorted();
  if (paths.length === 0) throw new Error(`${module}@${version} has no file ${patterns.join(" or ")}`);
  return paths.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

function download(module: string, version: string): string {
  const answer: unknown = JSON.parse(
    // Outside of any module, so that no go.mod has a say in it.
    execFileSync("go", ["mod", "download", "-json", `${module}@${version}`], {
      cwd: tmpdir(),
      encoding: "utf8",
    }),
  );
  if (!isDocument(answer)) throw new TypeError("go mod download did not print an object");
  return textAt(answer, "Dir");
}
