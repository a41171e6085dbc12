import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { copyRepository, repository } from "../commands/slipway.ts";
import type { Outcome } from "../commands/slipway.ts";

/** Where commands run, in the order of the table, each on what those before it left. */
export const copy = copyRepository();

/** What holds of one command of a document. */
export type Rule = (command: string) => void | Promise<void>;

/** Runs a line as a reader would, with npm, and returns what came of it. */
export async function shell(command: string): Promise<Outcome> {
  // What an outer npm told its children would lead this one to the outer repository.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^FORCE_COLOR$/i.test(name));
  const child = spawn("bash", ["-c", command], {
    cwd: copy.root,
    env: Object.fromEntries(inherited),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await once(child, "close");
  return { status: child.exitCode, stdout, stderr };
}

/** It ends well, and prints this. */
export const prints =
  (expected: RegExp | string, furtherArguments = ""): Rule =>
  async (command) => {
    const { status, stdout, stderr } = await shell(command + furtherArguments);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(expected);
  };

/** It ends with this exit code, and tells this on stderr. */
export const ends =
  (expectedStatus: number, expected: RegExp | string): Rule =>
  async (command) => {
    const { status, stderr } = await shell(command);
    expect(stderr).toMatch(expected);
    expect(status).toBe(expectedStatus);
  };

/** Clients of engines that are not there. */
const engineless = join(copy.root, ".slipway/engineless");

/** It goes as far as it can without a container engine: everything that it says is understood. */
export const needsContainerEngine: Rule = async (command) => {
  mkdirSync(engineless, { recursive: true });
  for (const name of ["docker", "podman"]) {
    writeFileSync(join(engineless, name), "#!/bin/sh\necho no engine >&2\nexit 1\n", { mode: 0o755 });
  }
  await ends(
    1,
    "no container engine answers (docker: no engine; podman: no engine)",
  )(`PATH=${engineless}:$PATH; ${command}`);
};

/** It goes as far as it can without Go and without what Go has built before: everything that it says is understood. */
export const needsGo: Rule = async (command) => {
  const goless = join(copy.root, ".slipway/goless");
  mkdirSync(goless, { recursive: true });
  writeFileSync(join(goless, "go"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  await ends(
    1,
    "there is no go to build it with",
  )(`export PATH=${goless}:$PATH XDG_CACHE_HOME=${goless}; ${command}`);
};

/** Here it is refused, and says why. */
export const refuses =
  (expected: string): Rule =>
  async (command) => {
    const { status, stderr } = await shell(command);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(expected) });
  };

/** Continuous integration runs it, as `.ci/run`, part by part. */
export const inContinuousIntegration: Rule = (command) => {
  for (const part of command.split(" && ")) {
    expect(copy.read(".ci/run").split("\n")).toContain(`step ${part}`);
  }
};

/** It is one of the parts of `npm test`. */
export const inNpmTest: Rule = (command) => {
  const scripts: Readonly<Record<string, string>> = JSON.parse(copy.read("package.json")).scripts;
  expect(scripts["test"]?.split(" && ")).toContain(command);
};

export const executable: Rule = (command) => accessSync(join(repository, command), constants.X_OK);

/** It needs what a test has not, so only its script is looked at. */
export const startsScript =
  (file: string): Rule =>
  (command) => {
    const scripts: Readonly<Record<string, string>> = JSON.parse(copy.read("package.json")).scripts;
    expect(scripts[command.replace("npm run ", "")]).toBe(`node ${file}`);
    expect(existsSync(join(copy.root, file))).toBe(true);
  };

/** It is told of a person who did it, or of another document: nobody is asked to type it. */
export const mentioned: Rule = () => {};

/** Every file and folder of dist that it names is there. */
export const namesFiles: Rule = (command) => {
  const paths = command.split(" ").filter((word) => word.startsWith("dist/"));
  expect(paths).not.toEqual([]);
  for (const path of paths) expect(globSync(path, { cwd: copy.root }), path).not.toEqual([]);
};

/** Every object that it is about is rendered, in the folder, by its file's name. */
export const isAbout =
  (folder: string, ...objects: readonly string[]): Rule =>
  () => {
    for (const object of objects) {
      expect(globSync(`dist/${folder}/**/${object}.yaml`, { cwd: copy.root }), object).toHaveLength(1);
    }
  };

/** Its chart, version, repository, release and namespace are those of the add-on, its values those of dist. */
export const installsAddon: Rule = (command) => {
  const words = command.split(" ");
  const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const [, , release, chartName = ""] = words;
  const repositoryUrl = option("--repo") ?? chartName.slice(0, chartName.lastIndexOf("/"));
  const addon = fleet.addons.find(({ name }) => name === release);
  expect({
    repository: repositoryUrl,
    name: chartName.slice(chartName.lastIndexOf("/") + 1),
    version: option("--version"),
    namespace: option("--namespace"),
  }).toEqual({
    repository: addon?.chart?.repository,
    name: addon?.chart?.name,
    version: addon?.chart?.version,
    namespace: addon?.namespace.name,
  });
  const values = option("--values");
  if (values === undefined) {
    // Nothing to hand over: what the reconciler will install has no values either.
    const applications = globSync(`dist/*/reconciler/Application.${addon?.name}.yaml`, { cwd: copy.root });
    expect(applications).not.toEqual([]);
    for (const path of applications) expect(copy.read(path)).toContain("valuesObject: {}\n");
    return;
  }
  const [, second] = copy.read(values).split("\n");
  expect(second).toBe(`# ${addon?.chart?.name} ${addon?.chart?.version} from ${addon?.chart?.repository}`);
};
