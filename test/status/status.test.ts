import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseReleaseOf } from "../../scripts/promotion/subjects.ts";
import type { FleetStatus } from "../../scripts/status/fleet-status.ts";
import type { ReleaseKind } from "../../synth/model/release.ts";
import { releaseText } from "../../synth/release/release-text.ts";
import { inOneProcess } from "../commands/one-process.ts";
import { copyRepository } from "../commands/slipway.ts";

const copy = copyRepository();
const slipway = inOneProcess(copy.root);
const folder = mkdtempSync(join(tmpdir(), "slipway-status-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-C", copy.root, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
    encoding: "utf8",
  }).trim();

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

const app = "voice-agent-studio";
const release = (environment: string) => `apps/${app}/releases/${environment}.json`;

async function status(): Promise<FleetStatus> {
  const { status: code, stdout, stderr } = await slipway(["status", "--json"]);
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** Freezes an environment at a commit of this history, as `promote` would. */
function freezeAt(environment: string, revision: string, kind: ReleaseKind, why: string): void {
  const { images, frozen } = parseReleaseOf(
    { of: "app", name: app, step: environment },
    copy.read(release(environment)),
  );
  if (frozen === undefined) throw new Error(`${environment} is not frozen`);
  copy.write(release(environment), releaseText({ images, frozen: { ...frozen, revision, kind, why } }));
}

describe("slipway status", () => {
  beforeAll(() => {
    git("init", "--quiet", "--initial-branch=main");
    commit("Start");
    const start = git("rev-parse", "HEAD");
    for (const environment of ["staging", "prod"]) freezeAt(environment, start, "promote", "first");
    commit("Freeze");
    copy.edit(
      `dist/voice-agent-nonprod/applications/${app}-dev/Deployment.${app}.yaml`,
      "spec:\n",
      "spec:\n  # Another.\n",
    );
    commit("Answer faster");
    git("branch", `promote/${app}/staging/0123456789ab`, "HEAD~1");
    git("switch", "--quiet", `promote/${app}/staging/0123456789ab`);
    git("commit", "--quiet", "--allow-empty", "--message", "Promote");
    git("switch", "--quiet", "main");
  }, 60_000);

  test("tells how far each environment is behind, by the commits that changed the first one", async () => {
    const { environments } = await status();
    const [staging, prod] = ["staging", "prod"].map((environment) =>
      environments.find((each) => each.app === app && each.environment === environment),
    );
    expect(staging?.behind).toMatchObject({ of: "dev", commits: ["Answer faster"] });
    expect(prod?.behind).toMatchObject({ of: "staging", commits: [] });
  });

  test("names the open promotion of an environment", async () => {
    const { environments } = await status();
    const open = environments.filter((each) => each.open.length > 0);
    expect(open.map(({ app: name, environment }) => `${name} ${environment}`)).toEqual([`${app} staging`]);
    expect(open[0]?.open[0]?.branch).toBe(`promote/${app}/staging/0123456789ab`);
  });

  test("has environments that follow main at no revision", async () => {
    const { environments } = await status();
    const following = environments.filter(({ revision }) => revision === null);
    expect([...new Set(following.map(({ environment }) => environment))].toSorted()).toEqual([
      "dev",
      "local",
    ]);
  });

  test("knows every cluster, what it has room for, and what waits for what", async () => {
    const { clusters, capacity, graphs } = await status();
    expect(clusters).toHaveLength(graphs.length);
    const workers = capacity.find(({ cluster }) => cluster === "attractor-factory");
    expect(workers?.demand.max.cpu).toBeGreaterThan(workers?.demand.min.cpu ?? Infinity);
    const graph = graphs.find(({ cluster }) => cluster === "local");
    const depth = new Map(graph?.nodes.map((node) => [node.owner, node.depth]));
    for (const node of graph?.nodes ?? []) {
      for (const owner of node.waitsFor) expect(depth.get(owner)).toBeLessThan(node.depth);
    }
    expect(depth.get("attractor-factory-local")).toBeGreaterThan(depth.get("external-secrets") ?? Infinity);
  });

  test("prints a table that a person reads", async () => {
    const { stdout } = await slipway(["status"]);
    expect(stdout).toMatch(
      /^voice-agent-studio +staging +[0-9a-f]{12} .* 1 commit behind dev +promote\/voice-agent-studio/m,
    );
    expect(stdout).toMatch(/^DELIVERY, 90 DAYS/m);
  });

  test("writes a page of one file, in which hostile text stays text", async () => {
    git("commit", "--quiet", "--allow-empty", "--message", "ignored");
    freezeAt("prod", git("rev-parse", "HEAD"), "hotfix", "<img src=x onerror=alert(1)>");
    commit("Hotfix");
    const page = join(folder, "fleet.html");
    const { status: code, stdout } = await slipway(["status", "--html", page]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `wrote ${page}\n` });
    const text = readFileSync(page, "utf8");
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(text).not.toMatch(/<img|https?:\/\/(?!www\.w3\.org)/);
  });

  test("says of a clone without its history how far its figures reach", async () => {
    expect(await status()).toMatchObject({ shallow: false });
    copy.write(".git/shallow", `${git("rev-parse", "HEAD~1")}\n`);
    const { stdout } = await slipway(["status"]);
    const history = await slipway(["history", app, "prod"]);
    rmSync(join(copy.root, ".git/shallow"));
    expect(stdout).toMatch(/^this clone has only the newest commits: .* \(git fetch --unshallow\)$/m);
    expect(history).toMatchObject({ status: 1, stderr: expect.stringContaining("only the newest commits") });
  });

  test("says why a page cannot be written, and leaves nothing behind", async () => {
    const { status: code, stderr } = await slipway(["status", "--html", join(folder, "none/fleet.html")]);
    expect(code).toBe(1);
    expect(stderr).toContain("name a file in a folder that is there");
  });

  test("refuses a number of days that is none", async () => {
    const { status: code, stderr } = await slipway(["status", "--days", "-3"]);
    expect(code).toBe(1);
    expect(stderr).toContain("write a number of days");
  });
});
