import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { buildModule, isBuilt } from "./build.ts";
import { defaultCache, executable, pinnedBy } from "./pinned.ts";
import { moduleOf } from "./table.ts";
import type { ToolModule, ToolName } from "./table.ts";

export interface FindOptions {
  /** Folder of built programs. Default: `slipway/tools` in the user's cache. */
  readonly cache?: string;
  /** Told what is being built. Default: a line on stderr. */
  readonly say?: (line: string) => void;
}

/**
 * Paths of these programs, each in the version that its module pins: built before, or built now.
 *
 * @throws ProblemsError that says which cannot be had, and how to get them
 */
export async function findTools<Name extends ToolName>(
  tools: readonly Name[],
  options: FindOptions = {},
): Promise<Readonly<Record<Name, string>>> {
  const { cache = defaultCache(), say = (line: string) => console.error(line) } = options;
  const problems: Problem[] = [];
  // One after the other: each uses every core.
  for (const module of new Set(tools.map(moduleOf))) {
    const target = folderIn(cache, module);
    if (isBuilt(module, target)) continue;
    const failure = await buildModule(module, target, say);
    if (failure !== undefined) problems.push(missing(module, failure));
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  const paths = Object.fromEntries(tools.map((tool) => [tool, pathIn(cache, tool)]));
  if (!hasAll(paths, tools)) throw new Error("a tool was not found");
  return paths;
}

export async function findTool(tool: ToolName, options: FindOptions = {}): Promise<string> {
  return (await findTools([tool], options))[tool];
}

/** Why some of these cannot be had on this machine; undefined where all are built or can be. Builds nothing. */
export function whyNoTools(tools: readonly ToolName[], cache: string = defaultCache()): string | undefined {
  const unbuilt = [...new Set(tools.map(moduleOf))].filter(
    (module) => !isBuilt(module, folderIn(cache, module)),
  );
  if (unbuilt.length === 0 || spawnSync("go", ["version"]).status === 0) return undefined;
  const titles = unbuilt.map(({ title }) => title).join(", ");
  return `there is no Go to build ${titles} with: install it (https://go.dev/dl) to run this`;
}

function hasAll<Name extends string>(
  paths: Readonly<Record<string, string>>,
  names: readonly Name[],
): paths is Readonly<Record<Name, string>> {
  return names.every((name) => Object.hasOwn(paths, name));
}

/** Named after what is built, so that another version, or another way to build it, is another folder. */
export function folderIn(cache: string, module: ToolModule): string {
  return join(cache, pinnedBy(module).digest);
}

export function pathIn(cache: string, tool: ToolName): string {
  return join(folderIn(cache, moduleOf(tool)), executable(tool));
}

/** Path of a file or folder that is kept beside a program; see `ToolModule.files`. */
export function fileBeside(program: string, name: string): string {
  return join(dirname(program), name);
}

function missing(module: ToolModule, failure: string): Problem {
  const full = /no space left on device|ENOSPC|EDQUOT/.test(failure);
  const noGo = failure.includes("there is no go");
  const { version } = pinnedBy(module);
  return {
    rule: full ? "tool-disk-full" : "tool-missing",
    at: { definition: `scripts/tools/${module.name}/go.mod` },
    what: `${module.title} ${version} is not built: ${failure}`,
    fix: full
      ? "make room (a cold build takes up to 4 GB, most of it in what `go env GOCACHE` names) and run this again; it carries on"
      : noGo
        ? "install Go (https://go.dev/dl) and run this again, which builds it once"
        : "mend what Go complains of (its module proxy has to be reachable) and run this again; it carries on",
  };
}
