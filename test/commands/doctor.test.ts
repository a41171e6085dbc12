import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { supportFindings } from "../../scripts/doctor/eks-support.ts";
import { isExample } from "../../scripts/doctor/example-values.ts";
import type { Finding } from "../../scripts/doctor/finding.ts";
import { gitFinding, nodeFinding } from "../../scripts/doctor/tools.ts";
import { inOneProcess } from "./one-process.ts";
import { copyRepository } from "./slipway.ts";
import type { Outcome } from "./slipway.ts";

const copy = copyRepository();
const slipway = inOneProcess(copy.root);

interface Examined {
  readonly status: number | null;
  readonly findings: readonly Finding[];
}

function told({ status, stdout }: Outcome): Examined {
  return { status, ...JSON.parse(stdout) };
}

const examined = async (): Promise<Examined> => told(await slipway(["doctor", "--json"]));

/** Runs git in the copy, as a person without settings of their own. */
function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  expect(spawnSync("git", ["-C", copy.root, ...identity, ...args]).status, args.join(" ")).toBe(0);
}

describe("doctor", () => {
  test("with example values alone there are notes, and it exits with 0", async () => {
    expect((await slipway(["synth"])).status).toBe(0);
    const { status, findings } = await examined();
    expect(findings.filter(({ level }) => level === "fault")).toEqual([]);
    expect(status).toBe(0);
    expect(findings).toContainEqual(expect.objectContaining({ check: "dist", level: "ok" }));
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: "example-values",
        level: "note",
        what: expect.stringMatching(/^voice-agent-prod holds example values.*account, .*vpcId/),
        values: expect.objectContaining({ account: "444455556666", vpcId: "vpc-1234567890abcdef0" }),
      }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ check: "repository", level: "note" }));
  });

  test("dist out of step is a fault, and it exits with 1", async () => {
    const undo = copy.edit("platform/priority-classes.ts", "1_000_000", "2_000_000");
    const { status, findings } = told(await copy.slipway("doctor", "--json"));
    undo();
    expect(status).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ check: "dist", level: "fault" }));
  });

  test("a file of dist that git does not know is a note; without a clone nothing is said", async () => {
    expect((await examined()).findings.map(({ check }) => check)).not.toContain("untracked");
    git("init", "-q");
    git("add", "-A");
    expect((await examined()).findings).toContainEqual(
      expect.objectContaining({ check: "untracked", level: "ok" }),
    );
    const path = "dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml";
    git("rm", "-q", "--cached", path);
    const { status, findings } = await examined();
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: "untracked",
        level: "note",
        what: `git does not know ${path}`,
        fix: expect.stringContaining("git add -A dist"),
      }),
    );
    expect(status).toBe(0);
  });

  test("people get a line for each, what to do, and a count", async () => {
    const { stdout } = await slipway(["doctor"]);
    expect(stdout).toMatch(/^✓ Node \d+\.\d+\.\d+, /m);
    expect(stdout).toMatch(/^! .*placeholder.*\n {4}fix {2}/m);
    expect(stdout).toMatch(/^0 faults, \d+ notes\n$/m);
  });
});

test.each([
  { value: "111122223333", example: true },
  { value: "arn:aws:iam::999999999999:role/x", example: true },
  { value: "123456789012", example: true },
  { value: "fs-0123456789abcdef0", example: true },
  {
    value: "arn:aws:acm:us-west-2:582719176192:certificate/12345678-1234-1234-1234-123456789012",
    example: true,
  },
  { value: "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE", example: true },
  { value: "shop.example.com", example: true },
  { value: "582719176192", example: false },
  { value: "arn:aws:iam::582719176192:role/x", example: false },
  { value: "vpc-0a1b2c3d4e5f60718", example: false },
  { value: "example.company.com", example: false },
])("$value is an example: $example", async ({ value, example }) => {
  expect(isExample(value)).toBe(example);
});

test.each([
  { day: "2026-03-01", level: "ok", what: "until 2027-03-27" },
  { day: "2027-03-26", level: "note", what: "in 1 days" },
  { day: "2027-03-28", level: "note", what: "costs extra until 2028-03-27" },
  { day: "2028-03-28", level: "fault", what: "ended all support" },
])("EKS support of Kubernetes 1.35 on $day: $level", async ({ day, level, what }) => {
  const finding = supportFindings(fleet, new Date(day)).find((each) => each.what.includes("1.35"));
  expect(finding).toMatchObject({ level, what: expect.stringContaining(what) });
});

test("an old Node is a fault, somebody else's a note, the project's own neither", async () => {
  expect(nodeFinding("22.1.0", "/usr/bin/node", "/r/node_modules").level).toBe("fault");
  expect(nodeFinding("24.1.0", "/usr/bin/node", "/r/node_modules").level).toBe("note");
  expect(nodeFinding("24.1.0", "/r/node_modules/node/bin/node", "/r/node_modules").level).toBe("ok");
});

test("no git is a fault, no clone a note", async () => {
  expect(gitFinding(undefined, false).level).toBe("fault");
  expect(gitFinding("git version 2.39.5", false).level).toBe("note");
  expect(gitFinding("git version 2.39.5", true).level).toBe("ok");
});
