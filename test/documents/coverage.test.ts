import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { repository } from "../commands/slipway.ts";
import { documents } from "./documents.ts";

const tables = [...documents].filter(([path]) => path.startsWith("docs/coverage/"));

/** Each line of a system's document with where it is met; headings of tasks are bold and have no place. */
const lines = tables.flatMap(([document, text]) =>
  [...text.matchAll(/^\| (?!\*\*|line \|)(.+?) \| (.*) \|$/gm)].map(([, line = "", where = ""]) => ({
    document,
    line,
    where,
  })),
);

/** A path of this repository, by its first folder or as a document at its root. */
const path = /^(?:(?:apps|clusters|dist|docs|platform|scripts|synth|test)\/\S+|[A-Z]+\.md)$/;

describe("where each line of a system's document is met", () => {
  test("is told for every app of the fleet", () => {
    const apps = new Set(fleet.clusters.flatMap(({ placements }) => placements.map(({ app }) => app)));
    expect(tables.map(([document]) => document).toSorted()).toEqual(
      [...apps].map((app) => `docs/coverage/${app}.md`).toSorted(),
    );
  });

  test("is told for all of Content Studio's", () => {
    expect(
      lines.filter(({ document }) => document === "docs/coverage/content-studio.md").length,
    ).toBeGreaterThan(50);
  });

  test.each(lines)("$document: $line", ({ where }) => {
    const places = [...where.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) =>
      path.test(code) ? [code] : [],
    );
    if (!where.startsWith("application")) expect(places).not.toEqual([]);
    expect(places.filter((place) => !existsSync(join(repository, place)))).toEqual([]);
  });
});
