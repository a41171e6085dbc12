import { globSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, expect, test } from "vitest";
import { addons } from "../../platform/catalog.ts";
import { repository } from "../commands/slipway.ts";

interface CustomManager {
  readonly description: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}

const config: { readonly customManagers: readonly CustomManager[] } = JSON.parse(
  readFileSync(join(repository, ".github/renovate.json"), "utf8"),
);
const sources = globSync("{apps,platform,scripts}/**/*.ts", { cwd: repository });

/** What a manager finds in the repository's own files, with the names that its groups give. */
function found(manager: CustomManager): readonly Readonly<Record<string, string>>[] {
  const patterns = manager.managerFilePatterns.map((pattern) => new RegExp(pattern.slice(1, -1)));
  const files = sources.filter((path) => patterns.some((pattern) => pattern.test(path)));
  return files.flatMap((path) => {
    const text = readFileSync(join(repository, path), "utf8");
    return manager.matchStrings.flatMap((expression) =>
      [...text.matchAll(new RegExp(expression, "g"))].map(({ groups = {} }) => ({ ...groups })),
    );
  });
}

describe("updates by Renovate", () => {
  test.each(config.customManagers)("find something: $description", (manager) => {
    expect(found(manager)).not.toEqual([]);
  });

  test("reach every chart of every add-on", () => {
    const charts = addons.flatMap(({ chart }) => chart ?? []);
    const reached = config.customManagers
      .filter(({ description }) => description.startsWith("Charts"))
      .flatMap(found)
      .map(({ depName, chart, currentValue }) => `${depName ?? chart} ${currentValue}`);
    expect(reached.toSorted()).toEqual(charts.map(({ name, version }) => `${name} ${version}`).toSorted());
  });

  test("reach every image that a definition pins by digest", () => {
    const pins = sources
      .filter((path) => matchesGlob(path, "{apps,platform}/**"))
      .flatMap((path) => [
        ...readFileSync(join(repository, path), "utf8").matchAll(/@(sha256:[0-9a-f]{64})/g),
      ])
      .map(([, digest]) => digest);
    const reached = config.customManagers.flatMap(found).flatMap(({ currentDigest }) => currentDigest ?? []);
    expect(reached).toEqual(expect.arrayContaining(pins));
    expect(pins).not.toEqual([]);
  });
});
