import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inOneProcess } from "./one-process.ts";
import { copyRepository } from "./slipway.ts";

const copy = copyRepository();
const slipway = inOneProcess(copy.root);

function git(...args: readonly string[]): string {
  const identity = [
    "-c",
    "user.name=reader",
    "-c",
    "user.email=reader@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  return execFileSync("git", ["-C", copy.root, ...identity, ...args], { encoding: "utf8" }).trim();
}

const web = "dist/attractor-factory/applications/attractor-factory-prod/3-serve/Deployment.factory-web.yaml";
const database =
  "dist/attractor-factory/applications/attractor-factory-prod/1-data/StatefulSet.postgres.yaml";

// A main that goes on, and a branch from before: `git diff main` would show what main has done as undone.
git("init", "-q", "-b", "main");
git("add", "-A");
git("commit", "-q", "-m", "first");
git("checkout", "-q", "-b", "change");
git("checkout", "-q", "main");
copy.edit(
  "dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml",
  "description: ",
  "description: New ",
);
git("commit", "-q", "-a", "-m", "what main does meanwhile");
git("checkout", "-q", "change");

describe("diff", () => {
  test("of a branch without changes says so, and exits with 0, whatever main has done since", async () => {
    const { status, stdout, stderr } = await slipway(["diff"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^Nothing changes in any cluster\.\nfrom [0-9a-f]{10} \(merge base with main\) to the work tree\n/,
    );
  });

  test("compares with the base itself where that is asked for", async () => {
    const { status, stdout } = await slipway(["diff", "--exact"]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/PriorityClass platform-critical/);
  });

  test("of the work tree shows what is not committed, without colours where output is no terminal, and gates pass it", async () => {
    const undo = copy.edit(web, "factory-web:0.1.0", "factory-web:0.2.0");
    const { status, stdout, stderr } = await slipway(["diff"]);
    const judged = await slipway(["gate"]);
    undo();
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(judged).toMatchObject({ status: 0, stderr: "" });
    expect(judged.stdout).toMatch(/^no gate refuses it$/m);
    expect(stdout).not.toContain("\u001B");
    expect(stdout).toContain("1 change in 1 cluster: 1 rollout");
    expect(stdout).toMatch(
      /^attractor-factory\/factory-web +0\.1\.0 +0\.2\.0 +prod on attractor-factory +Deployment factory-web$/m,
    );
  });

  test("of a revision looks at that and not at the work tree, and prefers the remote's main", async () => {
    const undo = copy.edit(web, "factory-web:0.1.0", "factory-web:0.2.0");
    git("update-ref", "refs/remotes/origin/main", "change");
    git("commit", "-q", "-a", "-m", "second");
    const second = git("rev-parse", "HEAD");
    git("reset", "-q", "--hard", "HEAD~1");
    const { status, stdout } = await slipway(["diff", "--head", second]);
    git("update-ref", "-d", "refs/remotes/origin/main");
    undo();
    expect(status).toBe(2);
    expect(stdout).toContain("(origin/main)");
    expect(stdout).toContain("containers[factory-web].image  factory-web 0.1.0 → 0.2.0");
  });

  test("of a file that is no YAML says which, and stops at nothing", async () => {
    const undo = copy.edit(web, "kind: Deployment", "kind: [Deployment");
    const { status, stdout, stderr } = await slipway(["diff"]);
    undo();
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(stdout).toContain(`${web} (head): `);
  });

  test.each([
    [["diff", "--base", "no-such-branch"], "git knows no commit no-such-branch here"],
    [["diff", "--base", "--output=/tmp/x"], "git knows no commit --output=/tmp/x here"],
    [["diff", "--format", "pdf"], "Allowed choices are terminal, markdown, html, json"],
    [["gate", "--kubernetes", "36"], "36 is no version of Kubernetes"],
    [
      ["gate", "--kubernetes", "1.3"],
      "every cluster runs Kubernetes 1.35 at least: there is no upgrade to 1.3",
    ],
    [["gate", "--kubernetes", "1.90"], "what Kubernetes 1.90 removes is not known yet"],
  ])("%j is refused with a reason", async (args, expected) => {
    const { status, stderr } = await slipway(args);
    expect(status).toBe(1);
    expect(stderr).toContain(expected);
  });
});

const waiver = (expires: string): string =>
  JSON.stringify({
    rule: "stateful-deleted",
    object: "StatefulSet/factory-system/postgres",
    clusters: ["attractor-factory"],
    reason: "The database moved to RDS last week.",
    who: "Jo Gardener",
    expires,
  });

describe("gate", () => {
  const file = "clusters/waivers/postgres.json";

  test("refuses what nobody meant, until a waiver says that somebody does, and again once it is over", async () => {
    const content = copy.read(database);
    rmSync(join(copy.root, database));
    const refused = await slipway(["gate", "--json"]);
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      refused: [{ rule: "stateful-deleted", at: { object: "StatefulSet/factory-system/postgres" } }],
    });

    mkdirSync(join(copy.root, "clusters/waivers"), { recursive: true });
    copy.write(file, waiver("2999-12-31"));
    const waived = await slipway(["gate"]);
    expect({ status: waived.status, stderr: waived.stderr }).toEqual({ status: 0, stderr: "" });
    expect(waived.stdout).toContain(
      "is waived until 2999-12-31 by Jo Gardener: The database moved to RDS last week.",
    );

    copy.write(file, waiver("2026-01-01"));
    const over = await slipway(["gate"]);
    expect(over.status).toBe(1);
    expect(over.stdout).toContain("until 2026-01-01, which is over");
    rmSync(join(copy.root, file));
    writeFileSync(join(copy.root, database), content);
  });

  test("tells a waiver with an unknown field, and where it is", async () => {
    copy.write(file, waiver("2999-12-31").replace("{", '{"forever":true,'));
    const { status, stderr } = await slipway(["gate"]);
    rmSync(join(copy.root, file));
    expect(status).toBe(1);
    expect(stderr).toContain(file);
    expect(stderr).toContain("forever");
  });
});
