import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { repository } from "../../commands/slipway.ts";

/** The Groovy that Jenkins runs pipelines with. Its own linter is not to be had outside Jenkins. */
const groovy = "org.codehaus.groovy:groovy-all:2.4.21";
const jenkinsfile = readFileSync(join(repository, "apps/content-studio/Jenkinsfile"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "slipway-jenkinsfile-"));
const missing = fetchGroovy();
if (missing !== undefined) console.warn(`skipped jenkinsfile.test.ts: ${missing}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Through Maven, which checks what it fetches. Returns why it cannot be had. */
function fetchGroovy(): string | undefined {
  if (spawnSync("java", ["-version"]).status !== 0 || spawnSync("mvn", ["--version"]).status !== 0)
    return "it needs Java and Maven (Debian: apt-get install maven)";
  const { status, stdout } = spawnSync(
    "mvn",
    ["--batch-mode", "--quiet", "dependency:get", `-Dartifact=${groovy}`, "-Dtransitive=false"],
    { encoding: "utf8", timeout: 240_000 },
  );
  return status === 0 ? undefined : `Maven cannot fetch ${groovy}: ${stdout.slice(0, 300)}`;
}

interface Evaluated {
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly stages: readonly {
    readonly name: string;
    readonly steps: readonly Readonly<Record<string, string>>[];
  }[];
  /** Names of the stages that run, by what is chosen for ENVIRONMENT. */
  readonly runs: Readonly<Record<string, readonly string[]>>;
}

function evaluate(text: string): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const file = join(folder, "Jenkinsfile");
  writeFileSync(file, text);
  const [group = "", artifact = "", version = ""] = groovy.split(":");
  const jar = join(
    homedir(),
    ".m2/repository",
    group.replaceAll(".", "/"),
    artifact,
    version,
    `${artifact}-${version}.jar`,
  );
  const linter = join(import.meta.dirname, "declarative.groovy");
  return spawnSync("java", ["-cp", jar, "groovy.ui.GroovyMain", linter, file], { encoding: "utf8" });
}

describe.skipIf(missing !== undefined)("Content Studio's Jenkinsfile", () => {
  const { stdout, status, stderr } =
    missing === undefined ? evaluate(jenkinsfile) : { stdout: "{}", status: 0, stderr: "" };
  const pipeline: Evaluated = JSON.parse(stdout || "{}");

  test("is a declarative pipeline", () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("builds, pushes and releases for dev", () => {
    expect(pipeline.runs["dev"]).toEqual([
      "Checkout",
      "Install",
      "Lint",
      "Test",
      "Build images",
      "Push to ECR",
      "Fetch releases",
      "Release to dev",
    ]);
  });

  test("builds nothing for staging and prod, which get what dev runs", () => {
    expect(pipeline.runs["staging"]).toEqual(["Checkout", "Fetch releases", "Promote to staging"]);
    expect(pipeline.runs["prod"]).toEqual(["Checkout", "Fetch releases", "Approve prod", "Promote to prod"]);
  });

  test("asks a person before prod, and shows what would be promoted", () => {
    const approval = pipeline.stages.find(({ name }) => name === "Approve prod");
    const steps = approval?.steps.map((step) => Object.keys(step)[0]);
    expect(steps).toEqual(["sh", "input"]);
    expect(approval?.steps[0]?.["sh"]).toContain("--dry-run");
  });

  test("never has a secret or a parameter spliced into a command", () => {
    const commands = pipeline.stages.flatMap(({ steps }) => steps.flatMap((step) => step["sh"] ?? []));
    // Groovy would have filled in the value; the shell's own variables stay as they are written.
    expect(commands.filter((command) => command.includes("$"))).not.toEqual([]);
    expect(jenkinsfile).not.toMatch(/\bsh\b\s*\(?\s*"/);
  });

  test.each([
    [
      "a section in the wrong place",
      (text: string) => text.replace("steps {", "options {"),
      "may not stand here",
    ],
    [
      "a stage without steps",
      (text: string) => text.replace("                checkout scm\n", ""),
      "does nothing",
    ],
    ["no agent", (text: string) => text.replace("agent { label 'docker' }", ""), "needs agent"],
    ["a brace too few", (text: string) => text.replace(/\}\s*$/, ""), ""],
    [
      "a parameter that is not there",
      (text: string) => text.replace("params.ENVIRONMENT", "parms.ENVIRONMENT"),
      "parms",
    ],
  ])("is refused with %s", (_what, broken, complaint) => {
    const { status: broke, stderr: said } = evaluate(broken(jenkinsfile));
    expect(broke).toBe(1);
    expect(said).toContain(complaint);
  });
});
