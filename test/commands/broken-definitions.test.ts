import { afterEach, describe, expect, test } from "vitest";
import { copyRepository, lineOf } from "./slipway.ts";

const copy = copyRepository();
const priority = "platform/priority-classes.ts";
const release = "apps/attractor-factory/releases/local.json";
const undone: (() => void)[] = [];

afterEach(() => {
  for (const undo of undone.splice(0)) undo();
});

/** Runs synth after the edit, and returns the problem that it prints instead of a stack trace. */
async function problemAfter(path: string, text: string, replacement: string): Promise<string> {
  undone.push(copy.edit(path, text, replacement));
  const { status, stdout, stderr } = await copy.slipway("synth", "--check", "--cluster", "local");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr).toMatch(/^ {4}fix {4}\S/m);
  expect(stderr).toMatch(/^1 problem$/m);
  return stderr;
}

describe("a definition that does not load", () => {
  test("a syntax error is told with its file and line", async () => {
    const stderr = await problemAfter(priority, 'layer: "foundation",', "layer: ,");
    const line = lineOf(copy.read(priority), "layer: ,");
    expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
    expect(stderr).toContain(`line ${line}: the definitions do not load: SyntaxError`);
  });

  test("conflict markers are told with their file and line", async () => {
    const stderr = await problemAfter(priority, "export const", "<<<<<<< HEAD\nexport const");
    expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
    expect(stderr).toContain(`line ${lineOf(copy.read(priority), "<<<<<<<")}: `);
    expect(stderr).toContain("Merge conflict marker");
  });

  test("an import of a file that is not there is told at the file that imports it", async () => {
    const stderr = await problemAfter(priority, '"./kube-system.ts"', '"./kube-sytem.ts"');
    expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
    expect(stderr).toContain("platform/kube-sytem.ts");
    expect(stderr).not.toContain(copy.root);
  });

  test("an import of what a file does not export is told at the importing line", async () => {
    const stderr = await problemAfter(
      priority,
      "import { kubeSystem }",
      "import { kubeSytem as kubeSystem }",
    );
    expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
    expect(stderr).toContain("does not provide an export named 'kubeSytem'");
  });

  test("an error while it loads is told with its line", async () => {
    const stderr = await problemAfter(priority, "const value = 1_000_000;", 'const value = JSON.parse("{");');
    expect(stderr).toContain(
      `line ${lineOf(copy.read(priority), "JSON.parse")}: the definitions do not load`,
    );
  });

  test("a fleet that is not exported is told", async () => {
    const stderr = await problemAfter("clusters/fleet.ts", "export const fleet", "export const flet");
    expect(stderr).toMatch(/^clusters\/fleet\.ts$/m);
    expect(stderr).toContain("it exports no fleet");
  });
});

test("a field that is misspelt is told with its line", async () => {
  const local = "clusters/local.ts";
  const stderr = await problemAfter(local, "nodeGroups:", "nodeGroup:");
  expect(stderr).toMatch(/^clusters\/local\.ts$/m);
  const line = lineOf(copy.read(local), "defineLocalCluster({");
  expect(stderr).toContain(`line ${line}: the definitions do not load: TypeError: defineLocalCluster has no`);
  expect(stderr).toContain("field nodeGroup; did you mean nodeGroups?");
});

test("an error while a definition renders is told with its line", async () => {
  const stderr = await problemAfter(
    priority,
    "render: (stage) => {",
    "render: (stage) => {\n    stage.oops();",
  );
  expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
  const line = lineOf(copy.read(priority), "oops");
  expect(stderr).toContain(`line ${line}: the definition fails: TypeError: stage.oops is not a function`);
});

test("what the types would have refused does not get past the checks either", async () => {
  const stderr = await problemAfter(priority, "const value = 1_000_000;", 'const value: number = "high";');
  expect(stderr).toContain("PriorityClass/platform-critical");
});

describe("a release that is broken", () => {
  test("by conflict markers", async () => {
    const stderr = await problemAfter(release, "{", "<<<<<<< HEAD\n{");
    expect(stderr).toMatch(new RegExp(`^${release}$`, "m"));
    expect(stderr).toContain("if a merge left conflict markers, take one side");
  });

  test("by a field that is misspelt", async () => {
    const stderr = await problemAfter(release, '"images"', '"imges": {}, "images"');
    expect(stderr).toContain("unknown field imges");
  });
});

test("doctor tells a definition that does not load, and goes on with the rest", async () => {
  undone.push(copy.edit(priority, 'layer: "foundation",', "layer: ,"));
  const { status, stdout, stderr } = await copy.slipway("doctor");
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toContain("✗ platform/priority-classes.ts: line ");
  expect(stdout).toContain("✓ Node ");
});
