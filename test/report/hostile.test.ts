import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { htmlReport } from "../../scripts/report/html.ts";
import { markdownReport } from "../../scripts/report/markdown.ts";
import { terminalReport } from "../../scripts/report/terminal.ts";
import { object, web } from "../changes/dist-files.ts";
import { madeReport } from "./made-report.ts";

const settings = (data: object) => object("v1", "ConfigMap", "settings", { data }, "shop");

/** Text that would be more than text if it were let. */
const hostile = [
  "@octocat and @org/team look at #1, !2 and GH-3",
  "https://evil.example/x www.evil.example mail@evil.example",
  "[click](https://evil.example) ![pixel](https://evil.example/p.png)",
  "<img src=x onerror=alert(1)><script>alert(1)</script></details></code>",
  "``` ` ````",
  "| a \\| b |",
  "\u001B[2J\u202Egnp.exe\u0007",
].join(" ");

const bars = (line: string): number => line.replace(/\\\\/g, "").replace(/\\\|/g, "").split("|").length;

describe("text of manifests stays text in Markdown", () => {
  const text = markdownReport(
    madeReport(
      [settings({ sun: "half" }), object("v1", "PersistentVolumeClaim", hostile, {}, "shop")],
      [settings({ sun: hostile }), web({ container: { image: hostile } })],
    ),
  );
  /** What is left once everything that is code, or escaped, is gone. */
  const outside = text
    .replace(/^(`{3,})diff\n[^]*?\n\1$/gm, "")
    .replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "")
    .replace(/<code>[^<]*<\/code>/g, "")
    .replace(/\\[^\n]/g, "");

  test("nobody is mentioned, nothing is linked, and no markup gets in", () => {
    expect(outside).not.toMatch(/[@#!](?=\w)/);
    expect(outside).not.toMatch(/https?:\/\/|www\./);
    expect(outside).not.toMatch(/<(?!\/?(details|summary|b|p|i|sub)>|!-- slipway diff -->)/);
    expect(outside).not.toContain("evil");
  });

  test("a row of a table has the cells of its head", () => {
    const tables = text.matchAll(/^\|.*\|\n\|[-|]+\|\n((?:\|.*\|\n)+)/gm);
    let rows = 0;
    for (const [table = ""] of tables) {
      const [first = "", ...others] = table.trimEnd().split("\n");
      for (const line of others) expect(bars(line)).toBe(bars(first));
      rows += others.length;
    }
    expect(rows).toBeGreaterThan(3);
  });

  test("what a terminal would obey is spelled out", () => {
    for (const obeyed of ["\u001B", "\u0007", "\u202E"]) expect(text).not.toContain(obeyed);
  });
});

test("a terminal obeys nothing that a manifest or a path says", () => {
  const evil = "\u001B[2J\u0007";
  const at = (name: string) => ({
    object: object("v1", "PersistentVolumeClaim", `${evil}${name}`, { data: { [evil]: evil } }, evil),
    cluster: `c${evil}`,
    owner: `o${evil}`,
  });
  const text = terminalReport(
    madeReport([at("a"), settings({ sun: "half" })], [at("b"), settings({ sun: evil })]),
    { noise: true },
  );
  expect(stripVTControlCharacters(text)).toContain("\\u001b[2J");
  expect(text).not.toContain("\u0007");
  expect(text).not.toContain("\u001B[2J");
});

describe("a page", () => {
  const page = htmlReport(
    madeReport(
      [settings({ sun: "half" })],
      [settings({ sun: hostile }), web({ container: { image: hostile } })],
    ),
  );

  test("has no markup but its own", () => {
    expect(page).not.toContain("<img");
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("needs nothing from elsewhere, and forbids it", () => {
    expect(page).toContain("default-src &#39;none&#39;");
    expect(page).not.toMatch(/<[^>]*\s(src|href|action)=|<link|@import|url\(/);
  });
});
