import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../commands/slipway.ts";
import { blocks, documentAt, documentedCommands, documents, inlineCode } from "./documents.ts";

const manifest: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(join(repository, "package.json"), "utf8"),
);
const scripts = Object.keys(manifest["scripts"] ?? {});

interface Drawn {
  readonly path: string;
  readonly description: string;
}

/** Every folder of the tree that ARCHITECTURE.md draws, by its path; a line may draw several side by side. */
const drawing: readonly Drawn[] = drawnIn(blocks(documentAt("ARCHITECTURE.md"), "text")[0] ?? "");

function drawnIn(tree: string): readonly Drawn[] {
  let parent = "";
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", names = "", description = ""] =
      /^((?:│ {3})*)[├└]── (.*?\/)(?: {2,}(.*))?$/.exec(line) ?? [];
    // A line that draws no folder is the heading of those below it.
    if (indent === "" && names !== "") parent = names;
    const folders = names.split(" ").filter((name) => name !== "");
    return folders.map((name) => ({
      path: (indent === "" ? name : parent + name).replace(/\/$/, ""),
      description,
    }));
  });
}

/** The folders of the first two levels that git tracks, or would. */
function foldersOfTwoLevels(): readonly string[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const { stdout } = spawnSync("git", list, { cwd: repository, encoding: "utf8", maxBuffer: 1 << 26 });
  const folders = stdout
    .split("\0")
    .filter((file) => existsSync(join(repository, file)))
    .map((file) => file.split("/").slice(0, -1))
    .flatMap((parts) => [parts.slice(0, 1), parts.slice(0, 2)])
    .filter((parts) => parts.length > 0);
  return [...new Set(folders.map((parts) => parts.join("/")))];
}

/** The anchors that GitHub makes of a document's headings. */
function anchors(document: string): readonly string[] {
  return [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

function scriptOf(command: string): string | undefined {
  return /npm (?:run )?([a-z][\w:-]*)/.exec(command)?.[1]?.replace(/^ci$/, "");
}

describe("the tree in ARCHITECTURE.md", () => {
  test("draws folders that are there", () => {
    expect(drawing.length).toBeGreaterThan(30);
    expect(drawing.filter(({ path }) => !existsSync(join(repository, path)))).toEqual([]);
  });

  test("draws every folder of the first two levels", () => {
    const folders = foldersOfTwoLevels();
    expect(folders).toContain("synth/model");
    // "One folder an app": these are not drawn one by one.
    const summed = drawing.filter(({ description }) => description.startsWith("one folder"));
    const drawn = new Set(drawing.map(({ path }) => path));
    const missing = folders.filter(
      (folder) => !drawn.has(folder) && !summed.some(({ path }) => folder.startsWith(`${path}/`)),
    );
    expect(missing).toEqual([]);
  });
});

test("the README's table of a cluster's folders has each that a cluster has, and no other", () => {
  const table = [...documentAt("README.md").matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, name]) => name);
  const folders = globSync("dist/*/*/", { cwd: repository }).map((path) => path.split("/")[2]);
  expect(table.toSorted()).toEqual([...new Set(folders)].toSorted());
});

describe("a path in a document", () => {
  const rooms = /^(?:\.ci|apps|clusters|dist|docs|platform|scripts|synth|test)\/[^\s<>…*]*$/;
  const files = /^[\w.-]+\.md$/;

  test.each([...documents.keys()])("is there: %s", (document) => {
    const text = documentAt(document);
    const named = [...inlineCode(text), ...blocks(text, "sh").flatMap((block) => block.split(/\s/))];
    const missing = named
      .filter((code) => rooms.test(code) || files.test(code))
      .filter((path) => ![".", dirname(document)].some((from) => existsSync(join(repository, from, path))));
    expect(missing).toEqual([]);
  });

  test.each([...documents.keys()])("leads somewhere where it is a link: %s", (document) => {
    const links = [...documentAt(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? document : join(dirname(document), path);
        if (!existsSync(join(repository, target))) return true;
        return anchor !== undefined && !anchors(documents.get(target) ?? "").includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

describe("package.json and the documents", () => {
  test("name the same scripts, parts of `npm test` aside", () => {
    const named = new Set(documentedCommands.map(({ command }) => scriptOf(command) ?? ""));
    const wanted = scripts.filter((script) => !script.startsWith("test:"));
    expect(wanted.filter((script) => !named.has(script))).toEqual([]);
    expect([...named].filter((script) => script !== "" && !scripts.includes(script))).toEqual([]);
  });

  test("and what the command line tells to run is a script too", () => {
    const told = ["scripts", "synth", "apps", "platform", "clusters"]
      .flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: repository }))
      .flatMap((file) => [...readFileSync(join(repository, file), "utf8").matchAll(/npm run ([\w:-]+)/g)])
      .map(([, script = ""]) => script);
    expect([...new Set(told)].filter((script) => !scripts.includes(script))).toEqual([]);
  });

  test("name the same dependencies, each with its reason", () => {
    const [, table = ""] = documentAt("CONTRIBUTING.md").split(/^## Dependencies$/m);
    const rows = [...(table.split(/^## /m)[0] ?? "").matchAll(/^\| (.+?) \| (.+) \|$/gm)];
    const named = rows.flatMap(([, packages = ""]) => packages.split(", "));
    const depended = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {}),
    );
    expect(named.filter((name) => name !== "package").toSorted()).toEqual(depended.toSorted());
  });
});
