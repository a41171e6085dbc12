import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { root } from "../root.ts";
import { buildHelm } from "./build-helm.ts";
import { runProgram } from "./run-program.ts";

/** A Helm to render with. */
export interface Helm {
  readonly path: string;
  /** As `v4.3.1`: part of where rendered charts are kept, because another Helm may render otherwise. */
  readonly version: string;
}

/** The Go module that pins Helm and everything it is built from. */
const moduleFolder = join(root, "scripts/tools/helm");
const executable = process.platform === "win32" ? "helm.exe" : "helm";

/**
 * The Helm that the module pins: built before, or on PATH in that very version, or built now. Where none can
 * be built, one on PATH of the same major version has to do; a check in CI then tells if it renders otherwise.
 *
 * @throws ProblemsError that says how to get one
 */
export async function findHelm(tools: string = join(root, ".slipway/tools")): Promise<Helm> {
  const modules = ["go.mod", "go.sum"].map((file) => readFileSync(join(moduleFolder, file), "utf8"));
  const pinned = /helm\.sh\/helm\/v\d+ (v[\d.]+)/.exec(modules.join("\n"))?.[1];
  if (pinned === undefined) throw new Error(`${moduleFolder}/go.mod requires no Helm`);
  const digest = createHash("sha256").update(modules.join("\0")).digest("hex").slice(0, 16);
  const built = { path: join(tools, digest, executable), version: pinned };
  if (existsSync(built.path)) return built;
  const onPath = await helmOnPath();
  if (onPath?.version === pinned) return onPath;
  const failure = await buildHelm({ moduleFolder, target: built.path, version: pinned });
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
