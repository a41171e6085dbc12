import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withEntry, withImport } from "../../scripts/scaffold/insert.ts";
import { readTree } from "../../scripts/tree/tree.ts";
import { inOneProcess } from "./one-process.ts";
import { copyRepository, tool } from "./slipway.ts";

const copy = copyRepository();
const sources = () => ["apps", "clusters", "platform"].map((folder) => readTree(join(copy.root, folder)));

describe("what is new renders and passes every check at once", () => {
  test.each([
    { args: ["app", "status-page"], files: ["apps/status-page/app.ts", "clusters/local.ts"] },
    { args: ["app", "class"], files: ["apps/class/app.ts", "clusters/local.ts"] },
    { args: ["addon", "node-tuning"], files: ["platform/node-tuning.ts", "platform/catalog.ts"] },
    {
      args: ["addon", "thing", "--chart", "https://charts.example.com/a/thing@1.2.3"],
      files: ["platform/thing.ts", "platform/values/thing.ts", "platform/catalog.ts"],
    },
    { args: ["cluster", "tools-dev"], files: ["clusters/tools-dev.ts", "clusters/facts/tools-dev.json"] },
    {
      args: ["cluster", "tools-prod", "--reconciler", "flux", "--account", "012345678901"],
      files: ["clusters/tools-prod.ts", "clusters/fleet.ts"],
    },
    { args: ["cluster", "laptop", "--provider", "kind"], files: ["clusters/laptop.ts", "clusters/fleet.ts"] },
  ])("$args", async ({ args, files }) => {
    const { status, stdout, stderr } = await copy.slipway("new", ...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const file of files) expect(stdout).toContain(file);
  });

  test("synth takes all of it, with the app, the add-ons and the clusters in dist", async () => {
    expect(await copy.slipway("synth")).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(copy.root, "dist"))).toEqual(
      expect.arrayContaining(["laptop", "tools-dev", "tools-prod"]),
    );
    expect(existsSync(join(copy.root, "dist/local/applications/status-page-local/Deployment.web.yaml"))).toBe(
      true,
    );
    expect(existsSync(join(copy.root, "dist/local/reconciler/Application.thing.yaml"))).toBe(true);
    expect(existsSync(join(copy.root, "dist/laptop/configuration/node-tuning"))).toBe(true);
    expect((await copy.slipway("synth", "--check")).status).toBe(0);
  });

  test("types, format and lint agree", async () => {
    const changed = [
      ...["app", "releases/local"].flatMap((name) =>
        ["status-page", "class"].map((app) => `apps/${app}/${name}.${name === "app" ? "ts" : "json"}`),
      ),
      ...["node-tuning", "thing", "values/thing", "catalog"].map((name) => `platform/${name}.ts`),
      ...["tools-dev", "tools-prod", "laptop", "local", "fleet"].map((name) => `clusters/${name}.ts`),
      ...["tools-dev", "tools-prod"].map((name) => `clusters/facts/${name}.json`),
    ];
    expect(await tool("oxfmt", ["--check", ...changed], copy.root)).toMatchObject({ status: 0 });
    expect(
      await tool(
        "oxlint",
        changed.filter((path) => path.endsWith(".ts")),
        copy.root,
      ),
    ).toMatchObject({ status: 0 });
    const { stdout } = await tool("tsc", ["--noEmit"], copy.root);
    expect(stdout.split("\n").filter((line) => /^(apps|clusters|platform)\//.test(line))).toEqual([]);
  });
});

/** Nothing that these calls do is written: the definitions stay what the first of them loads. */
const call = inOneProcess(copy.root);

/** What an add-on of the chart would be. */
async function added(chart: string): Promise<string> {
  return (await call(["new", "addon", "kinds", "--chart", chart, "--dry-run"])).stdout;
}

describe("refusals, which write nothing", () => {
  test.concurrent.each([
    { args: ["app", "attractor-factory"], error: "apps/attractor-factory is there already" },
    { args: ["app", "traefik"], error: "the namespace traefik is traefik's" },
    { args: ["addon", "traefik"], error: "platform/traefik.ts is there already" },
    {
      args: ["addon", "voice-agent-studio"],
      error: "the namespace voice-agent-studio is voice-agent-studio-",
    },
    { args: ["cluster", "local"], error: "clusters/local.ts is there already" },
    { args: ["cluster", "fleet"], error: "clusters/fleet.ts is there already" },
    ...["local", "dev", "staging", "prod"].map((environment) => ({
      args: ["app", environment],
      error: `${environment} is an environment, in which apps are placed`,
    })),
    { args: ["app", "Shop"], error: '"Shop" cannot name it' },
    { args: ["app", "../shop"], error: '"../shop" cannot name it' },
    { args: ["app", "a".repeat(41)], error: "cannot name it" },
    { args: ["app", "9lives"], error: "cannot name it" },
    { args: ["addon", "kube-thing"], error: "is taken by Kubernetes" },
    { args: ["addon", "nul"], error: "is a device on Windows" },
    {
      args: ["addon", "x", "--chart", "https://charts.example.com/x@1.x"],
      error: "not a chart of one version",
    },
    { args: ["cluster", "x", "--account", "123"], error: '"123" is not an AWS account id' },
    { args: ["cluster", "x", "--region", "mars"], error: '"mars" is not an AWS region' },
  ])("$args", async ({ args, error }) => {
    const before = sources();
    const { status, stdout, stderr } = await call(["new", ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(error);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(sources()).toEqual(before);
  });

  test("a chart's add-on says how to find the kinds that it creates", async () => {
    expect(await added("https://charts.example.com/a/kinds@1.2.3")).toContain(
      "// helm template kinds --repo https://charts.example.com/a --version 1.2.3 --include-crds | grep ^kind:",
    );
    expect(await added("oci://charts.example.com/a/kinds@1.2.3")).toContain(
      "// helm template oci://charts.example.com/a/kinds --version 1.2.3 --include-crds | grep ^kind:",
    );
  });

  test("--dry-run prints every file", async () => {
    const before = sources();
    const { status, stdout } = await call(["new", "app", "dry", "--dry-run"]);
    expect(status).toBe(0);
    for (const path of ["apps/dry/app.ts", "apps/dry/releases/local.json", "clusters/local.ts"]) {
      expect(stdout).toContain(`--- ${path}\n`);
    }
    expect(sources()).toEqual(before);
  });

  test("where the fleet would not load with it, all is as it was", async () => {
    const undo = copy.edit("clusters/local.ts", "place }", "place as put }");
    copy.write("clusters/local.ts", copy.read("clusters/local.ts").replaceAll(" place(", " put("));
    const before = sources();
    const { status, stderr } = await copy.slipway("new", "app", "undone");
    expect(status).toBe(1);
    expect(stderr).toContain("nothing was written, because the fleet would not load with it");
    expect(stderr).toContain("place is not defined");
    expect(sources()).toEqual(before);
    expect(existsSync(join(copy.root, "apps/undone"))).toBe(false);
    undo();
  });

  test("where the fleet is broken already, it says so, and does not blame what is new", async () => {
    const undo = copy.edit("clusters/facts/attractor-factory.json", '"vpcId"', '"vpcIdd"');
    const { status, stderr } = await copy.slipway("new", "addon", "innocent");
    undo();
    expect(status).toBe(1);
    expect(stderr).toContain("nothing was written, because the fleet is broken already");
    expect(stderr).toContain("clusters/facts/attractor-factory.json");
    expect(stderr).not.toContain("would not load with it");
    expect(existsSync(join(copy.root, "platform/innocent.ts"))).toBe(false);
  });

  test("where there is no list to add to, the file is named", async () => {
    const undo = copy.edit("platform/catalog.ts", "export const addons", "export const all");
    copy.write("platform/catalog.ts", `${copy.read("platform/catalog.ts")}\nexport { all as addons };\n`);
    const before = sources();
    const { status, stderr } = await copy.slipway("new", "addon", "zebra");
    expect(status).toBe(1);
    expect(stderr).toContain("platform/catalog.ts has not exactly one list to add zebra to");
    expect(sources()).toEqual(before);
    undo();
  });
});

describe("an entry is added to a list", () => {
  test.each([
    { case: "empty", source: "x = [];", result: "x = [\nnew,\n];" },
    { case: "without a comma", source: "x = [a];", result: "x = [a,\nnew,\n];" },
    { case: "with a comma", source: "x = [\n  a,\n];", result: "x = [\n  a,\nnew,\n];" },
    { case: "a comment last", source: "x = [\n  a // ]\n];", result: "x = [\n  a, // ]\nnew,\n];" },
    { case: "brackets in text", source: 'x = ["]", f([1])];', result: 'x = ["]", f([1]),\nnew,\n];' },
  ])("$case", async ({ source, result }) => {
    expect(withEntry("x.ts", source, /x = \[/, "new")).toBe(result);
  });

  test("an import goes where its path belongs, once", async () => {
    const source = 'import { z } from "#synth";\nimport { a } from "./a.ts";\nimport { c } from "./c.ts";\n';
    const result = withImport(source, "b", "./b.ts");
    expect(result.split("\n")[2]).toBe('import { b } from "./b.ts";');
    expect(withImport(result, "b", "./b.ts")).toBe(result);
    expect(withImport(source, "d", "./d.ts").split("\n")[3]).toBe('import { d } from "./d.ts";');
  });
});
