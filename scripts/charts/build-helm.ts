import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { asOnlyBuilder } from "./build-lock.ts";
import { runProgram } from "./run-program.ts";

interface Build {
  /** Folder of the go.mod that pins it. */
  readonly moduleFolder: string;
  /** Where the program comes to stand. */
  readonly target: string;
  /** What it says of itself, as the released ones do. */
  readonly version: string;
}

/** Builds Helm from its module, once for each content of the module. Returns why it could not be built. */
export async function buildHelm({ moduleFolder, target, version }: Build): Promise<string | undefined> {
  const { ok } = await runProgram("go", ["version"]);
  if (!ok) return "there is no go to build it with";
  mkdirSync(dirname(target), { recursive: true });
  return asOnlyBuilder(`${target}.lock`, async () => {
    if (existsSync(target)) return undefined;
    const stopTelling = tell(`building Helm ${version}, once; minutes on a small machine`);
    const draft = `${target}.${process.pid}`;
    const built = await runProgram("go", buildArguments(draft, version), {
      cwd: moduleFolder,
      // Without a C compiler, and without what the user set for modules of their own.
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" },
      milliseconds: 30 * 60_000,
    });
    stopTelling();
    // A killed build leaves a draft at most, under which nobody looks for a program.
    if (built.ok) renameSync(draft, target);
    else rmSync(draft, { force: true });
    return built.ok ? undefined : `go build fails: ${built.reason}`;
  });
}

function buildArguments(output: string, version: string): readonly string[] {
  const major = version.split(".")[0];
  const path = `helm.sh/helm/${major}`;
  return [
    "build",
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    `-ldflags=-s -w -X ${path}/internal/version.version=${version}`,
    "-o",
    output,
    `${path}/cmd/helm`,
  ];
}

/** Says what takes so long, again every twenty seconds. */
function tell(what: string): () => void {
  const started = Date.now();
  console.error(what);
  const timer = setInterval(() => {
    console.error(`${what} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, 20_000);
  return () => clearInterval(timer);
}
