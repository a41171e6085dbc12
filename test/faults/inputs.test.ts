import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import { copyRepository } from "../commands/slipway.ts";

const copy = copyRepository();
const dist = join(copy.root, "dist");
const factory = "apps/attractor-factory/releases";
const studio = "apps/voice-agent-studio/releases";
const facts = "clusters/facts";
const undone: (() => void)[] = [];

afterEach(() => {
  for (const undo of undone.splice(0)) undo();
});

/** Puts something in the place of a file, until the test is over. */
function replace(path: string, put: (file: string) => void): void {
  const text = copy.read(path);
  const file = join(copy.root, path);
  undone.push(() => {
    rmSync(file, { recursive: true, force: true });
    copy.write(path, text);
  });
  rmSync(file);
  put(file);
}

/** Runs synth, which has to fail, and returns what it says of each file. */
async function told(): Promise<ReadonlyMap<string, string>> {
  const before = readTree(dist);
  const { status, stdout, stderr } = await copy.slipway("synth");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).not.toMatch(/^ +at |Error:/m);
  expect(stderr, "control characters").not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(stderr.length).toBeLessThan(10_000);
  expect(readTree(dist)).toEqual(before);
  const sections = stderr.split("\n\n").map((section) => section.split("\n"));
  return new Map(sections.map(([definition = "", ...lines]) => [definition, lines.join("\n")]));
}

/** Bytes that are no text, the same in each run. */
const garbage = (bytes: number): string =>
  Array.from({ length: bytes }, (_, index) => String.fromCharCode((index * 7919) % 256)).join("");

test("files that cannot be read are told together, each with what to do", async () => {
  replace(`${studio}/dev.json`, (file) => mkdirSync(file));
  replace(`${studio}/prod.json`, (file) => symlinkSync("nowhere.json", file));
  replace(`${studio}/local.json`, (file) => symlinkSync("local.json", file));
  replace(`${facts}/content-studio.json`, (file) => spawnSync("mkfifo", [file]));
  replace(`${factory}/prod.json`, () => copy.write(`${factory}/prod.json`, garbage(1000).repeat(50_000)));
  const problems = await told();
  for (const [path, what] of [
    [`${studio}/dev.json`, "no regular file"],
    [`${studio}/prod.json`, "a symbolic link"],
    [`${studio}/local.json`, "a symbolic link"],
    [`${facts}/content-studio.json`, "no regular file"],
    [`${factory}/prod.json`, "are more than the 1048576 allowed"],
  ] as const) {
    expect(problems.get(path), path).toContain(what);
    expect(problems.get(path), path).toContain("fix    make it a regular file that you may read");
  }
  expect(problems.size).toBe(6);
});

test.runIf(process.getuid?.() !== 0)("a folder that may not be read is told", async () => {
  const folder = join(copy.root, facts);
  chmodSync(folder, 0);
  undone.push(() => chmodSync(folder, 0o755));
  expect((await told()).get(facts)).toContain("EACCES");
});

test("a link is told, though it leads to a release or to a folder of them: git has the link alone", async () => {
  const link = (path: string, target: string) => {
    symlinkSync(target, join(copy.root, path));
    undone.push(() => rmSync(join(copy.root, path), { force: true }));
  };
  replace(`${studio}/prod.json`, (file) => symlinkSync("staging.json", file));
  mkdirSync(join(copy.root, "apps/nothing"));
  undone.push(() => rmSync(join(copy.root, "apps/nothing"), { recursive: true }));
  link("apps/nothing/releases", "../content-studio/releases");
  link("apps/linked", "content-studio");
  const problems = await told();
  for (const path of [`${studio}/prod.json`, "apps/nothing/releases", "apps/linked"])
    expect(problems.get(path), path).toContain("it cannot be read: it is a symbolic link");
});

test("a folder that is a file is told", async () => {
  const path = join(copy.root, "apps/nothing");
  mkdirSync(path);
  undone.push(() => rmSync(path, { recursive: true }));
  copy.write("apps/nothing/releases", "");
  expect((await told()).get("apps/nothing/releases")).toContain("ENOTDIR");
});

describe("files that say something else than they seem to", () => {
  const release = '{ "images": { "app": "0.1.0" } }';
  const account = "arn:aws:iam::444455556666:role/x";
  const cases = [
    {
      path: `${studio}/dev.json`,
      text: '{ "images": { "app": "0.1.0", "\\u0061pp": "0.2.0" } }',
      what: "app is there twice",
    },
    { path: `${studio}/prod.json`, text: `\uFEFF${release}`, what: "it starts with a byte order mark" },
    { path: `${studio}/staging.json`, text: `[${release}]`, what: "the file is a list" },
    {
      path: `${studio}/local.json`,
      text: '{ "images": { "app": "local", "__proto__": "local" } }',
      what: "unknown field __proto__",
    },
    { path: `${factory}/dev.json`, text: `${"[".repeat(1e5)}${"]".repeat(1e5)}`, what: "the file is a list" },
    {
      path: `${factory}/staging.json`,
      text: `{ "images": ${'{ "a": '.repeat(1e4)}1${" }".repeat(1e4)} }`,
      what: 'images.a is not a digest (sha256:…), a version tag of an immutable repository (1.2.3), or "local": Object',
    },
    {
      path: `${factory}/prod.json`,
      text: JSON.stringify({ images: "x".repeat(1e6) }),
      what: `images should be Object and is "${"x".repeat(79)}…`,
    },
    { path: `${factory}/local.json`, text: `<<<<<<< HEAD\n${release}`, what: "it is not JSON" },
    { path: `${facts}/content-studio.json`, text: garbage(500_000), what: "it is not JSON" },
    { path: `${facts}/conversation-dev.json`, text: "", what: "it is not JSON" },
    {
      path: `${facts}/conversation-prod.json`,
      text: '{ "vpcId": "vpc-12345678" }',
      what: "roles is missing",
    },
    {
      path: `${facts}/conversation-staging.json`,
      text: `{ "roles": { "constructor": "${account}" } }`,
      what: "unknown field constructor",
    },
    {
      path: `${facts}/prompt2mesh-prod.json`,
      text: `{ "roles": { "a/b": "${account}", "a/b": "${account}" } }`,
      what: "a/b is there twice",
    },
  ];

  test("are told together, each with what to do", async () => {
    for (const { path, text } of cases) replace(path, () => copy.write(path, text));
    const problems = await told();
    for (const { path, what } of cases) {
      expect(problems.get(path), path).toContain(`✗ ${what}`);
      expect(problems.get(path), path).toMatch(/^ {4}fix {4}\S/m);
    }
    // Their roles are not called useless because the release that would use them is broken.
    expect([...problems.values()].join("\n")).not.toContain("used by nobody");
  });

  test("Windows' line ends and a value that holds braces and quotes are no fault", async () => {
    const path = `${facts}/voice-agent-prod.json`;
    const text = copy.read(path);
    replace(path, () => copy.write(path, text.replaceAll("\n", "\r\n")));
    const { status, stdout } = await copy.slipway("synth", "--check", "--cluster", "voice-agent-prod");
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("in step") });
  });
});
