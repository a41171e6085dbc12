import { existsSync } from "node:fs";
import { ProblemsError } from "../../synth/model/problem.ts";
import { buildModule } from "../tools/build.ts";
import { folderIn, pathIn } from "../tools/find.ts";
import { defaultCache, pinnedBy } from "../tools/pinned.ts";
import { moduleOf } from "../tools/table.ts";
import { runProgram } from "../process/run-program.ts";

/** A Helm to render with. */
export interface Helm {
  readonly path: string;
  /** As `v4.3.1`: part of where rendered charts are kept, because another Helm may render otherwise. */
  readonly version: string;
}

/**
 * The Helm that the module pins: built before, or on PATH in that very version, or built now. Where none can
 * be built, one on PATH of the same major version has to do; a check in CI then tells if it renders otherwise.
 *
 * @throws ProblemsError that says how to get one
 */
export async function findHelm(tools: string = defaultCache()): Promise<Helm> {
  const module = moduleOf("helm");
  const { version: pinned } = pinnedBy(module);
  const built = { path: pathIn(tools, "helm"), version: pinned };
  if (existsSync(built.path)) return built;
  const onPath = await helmOnPath();
  if (onPath?.version === pinned) return onPath;
  const failure = await buildModule(module, folderIn(tools, module), (line) => console.error(line));
  if (failure === undefined) return built;
  if (onPath !== undefined && major(onPath.version) === major(pinned)) return onPath;
  throw new ProblemsError([
    {
      rule: "helm-missing",
      at: { definition: "scripts/tools/helm/go.mod" },
      what: `charts in mode inflate are rendered by Helm ${pinned}, and there is none: ${failure}`,
      fix: `install Go (https://go.dev/dl) and run this again, which builds it; or put a helm ${major(pinned)} on PATH`,
    },
  ]);
}

const major = (version: string): string => version.slice(0, version.indexOf("."));

/** Undefined where there is no helm, or one that does not tell its version. */
async function helmOnPath(): Promise<Helm | undefined> {
  const { stdout } = await runProgram("helm", ["version", "--template", "{{.Version}}"]);
  const version = /^v\d+\.\d+\.\d+\S*/.exec(stdout.trim())?.[0];
  return version === undefined ? undefined : { path: "helm", version };
}
