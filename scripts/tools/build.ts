import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { runProgram } from "../process/run-program.ts";
import { runGuarded } from "../process/run-guarded.ts";
import { asOnlyBuilder } from "./build-lock.ts";
import { executable, pinnedBy } from "./pinned.ts";
import { folderOf } from "./table.ts";
import type { ToolModule } from "./table.ts";
import { messageOf } from "../output/message-of.ts";

/** Milliseconds after which a build is given up: a cold one takes minutes. */
const longestBuild = 45 * 60_000;

/**
 * Builds every program of a module into a folder of the cache, once. Whoever is killed meanwhile leaves a draft at
 * most, under which nobody looks for a program; the next build throws it away, and Go's own cache lets it carry on.
 *
 * @returns why it could not be built; undefined when its programs are there
 */
export async function buildModule(
  module: ToolModule,
  target: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  const { ok } = await runProgram("go", ["version"]);
  if (!ok) return "there is no go to build it with";
  try {
    mkdirSync(dirname(target), { recursive: true });
    return await asOnlyBuilder(`${target}.lock`, () => build(module, target, say));
  } catch (error) {
    return `the cache cannot be written: ${messageOf(error)}`;
  }
}

async function build(
  module: ToolModule,
  target: string,
  say: (line: string) => void,
): Promise<string | undefined> {
  removeDrafts(target);
  if (isBuilt(module, target)) return undefined;
  const { version } = pinnedBy(module);
  const stopTelling = tell(`building ${module.title} ${version}, once; ${duration(module)}`, say);
  const draft = `${target}.draft-${process.pid}`;
  try {
    mkdirSync(join(draft, "work"), { recursive: true });
    mkdirSync(join(draft, "programs"));
    for (const [program, path] of Object.entries(module.programs)) {
      const output = join(draft, "programs", executable(program));
      const built = await runGuarded("go", buildArguments(module, version, output, path), {
        cwd: folderOf(module),
        // Without a C compiler, and without what the user set for modules of their own.
        env: {
          ...process.env,
          CGO_ENABLED: "0",
          GOFLAGS: "",
          GOWORK: "off",
          GOTMPDIR: join(draft, "work"),
        },
        milliseconds: longestBuild,
      });
      if (!built.ok) return `go build fails: ${built.reason}`;
    }
    const copied = await copyFiles(module, join(draft, "programs"));
    if (copied !== undefined) return copied;
    rmSync(target, { recursive: true, force: true });
    renameSync(join(draft, "programs"), target);
    return undefined;
  } finally {
    stopTelling();
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Copies what is needed of the module itself, since Go's cache of modules may be emptied any time. */
async function copyFiles(module: ToolModule, into: string): Promise<string | undefined> {
  const { files = {}, requires } = module;
  if (Object.keys(files).length === 0) return undefined;
  const list = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", requires];
  const env = { ...process.env, GOFLAGS: "", GOWORK: "off" };
  const { ok, stdout, reason } = await runProgram("go", list, { cwd: folderOf(module), env });
  if (!ok) return `go list fails: ${reason}`;
  for (const [name, path] of Object.entries(files)) copyTree(join(stdout.trim(), path), join(into, name));
  return undefined;
}

/** Go's cache is read-only, which its copy is not to be. */
function copyTree(from: string, to: string): void {
  if (!statSync(from).isDirectory()) return writeFileSync(to, readFileSync(from));
  mkdirSync(to);
  for (const name of readdirSync(from)) copyTree(join(from, name), join(to, name));
}

/** Complete or not there: a folder comes into place with all its programs, by one rename. */
export function isBuilt({ programs }: ToolModule, target: string): boolean {
  return Object.keys(programs).every((program) => existsSync(join(target, executable(program))));
}

function duration({ minutes }: ToolModule): string {
  return minutes === 1 ? "a minute on a small machine" : `${minutes} minutes on a small machine`;
}

function buildArguments(
  { versionIn = [], bareVersion }: ToolModule,
  version: string,
  output: string,
  path: string,
): readonly string[] {
  const said = bareVersion === true ? version.replace(/^v/, "") : version;
  const stamps = versionIn.map((variable) => ` -X ${variable}=${said}`).join("");
  return [
    "build",
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    `-ldflags=-s -w${stamps}`,
    "-o",
    output,
    path,
  ];
}

/** Under the lock every draft is one that a killed build left. */
function removeDrafts(target: string): void {
  const start = `${basename(target)}.draft-`;
  for (const name of readdirSync(dirname(target))) {
    if (name.startsWith(start)) rmSync(join(dirname(target), name), { recursive: true, force: true });
  }
}

/** Says what takes so long, again every twenty seconds. */
function tell(what: string, say: (line: string) => void): () => void {
  const started = Date.now();
  say(what);
  const timer = setInterval(() => {
    say(`${what} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, 20_000);
  return () => clearInterval(timer);
}
