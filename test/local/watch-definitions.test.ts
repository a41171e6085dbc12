import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { definitionFolders, isDefinition, watchDefinitions } from "../../scripts/local/watch-definitions.ts";
import type { Saved } from "../../scripts/local/watch-definitions.ts";

let root: string;
let saved: Saved[];
const write = (path: string, content = "") => writeFileSync(join(root, path), content);
const paths = () => saved.map((batch) => batch.paths);

/** Longer than the watch waits for further files. */
const settle = () => sleep(500);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "slipway-watch-"));
  for (const folder of definitionFolders) mkdirSync(join(root, folder));
  mkdirSync(join(root, "apps/shop"));
  write("apps/shop/app.ts");
  const ending = new AbortController();
  saved = [];
  const watched = (async () => {
    for await (const batch of watchDefinitions(root, ending.signal)) saved.push(batch);
  })();
  onTestFinished(async () => {
    ending.abort();
    await watched;
    rmSync(root, { recursive: true, force: true });
  });
  await sleep(50);
});

describe("a watch of definitions", () => {
  test("tells files that are saved together at once, and when the first was", async () => {
    const before = Date.now();
    write("apps/shop/app.ts", "1");
    write("clusters/local.ts", "1");
    await settle();
    expect(paths()).toEqual([["apps/shop/app.ts", "clusters/local.ts"]]);
    expect(saved[0]?.since).toBeGreaterThanOrEqual(before);
    expect(saved[0]?.since).toBeLessThan(before + 400);
  });

  test("sees a file that takes the place of another, again and again", async () => {
    for (const content of ["1", "2", "3"]) {
      write("apps/shop/.app.ts.swp", content);
      renameSync(join(root, "apps/shop/.app.ts.swp"), join(root, "apps/shop/app.ts"));
      await settle();
    }
    write("apps/shop/app.ts", "4");
    await settle();
    expect(paths()).toEqual(Array.from({ length: 4 }, () => ["apps/shop/app.ts"]));
  });

  test("sees what comes in a folder that was not there, and what goes", async () => {
    mkdirSync(join(root, "apps/billing/releases"), { recursive: true });
    write("apps/billing/releases/local.json", "{}");
    await settle();
    write("apps/billing/app.ts", "1");
    await settle();
    rmSync(join(root, "apps/billing/app.ts"));
    await settle();
    expect(paths()).toEqual([
      ["apps/billing/releases/local.json"],
      ["apps/billing/app.ts"],
      ["apps/billing/app.ts"],
    ]);
  });

  test("sees what is saved in a folder that went and came again", async () => {
    rmSync(join(root, "apps/shop"), { recursive: true });
    mkdirSync(join(root, "apps/shop"));
    await settle();
    saved.length = 0;
    write("apps/shop/app.ts", "2");
    await settle();
    expect(paths()).toEqual([["apps/shop/app.ts"]]);
  });

  test("passes over what is no definition", async () => {
    for (const path of [
      "apps/shop/README.md",
      "apps/shop/.app.ts.swp",
      "apps/shop/app.ts~",
      "apps/shop/4913",
    ])
      write(path, "1");
    await settle();
    expect(paths()).toEqual([]);
    expect(isDefinition("clusters/facts/local.json")).toBe(true);
  });
});
