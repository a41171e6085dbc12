import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { renderEnvironmentDocument } from "../../scripts/environment-variables/render.ts";
import { repository } from "../commands/slipway.ts";
import { documentAt } from "./documents.ts";

const apps = [
  ...new Map(
    fleet.clusters.flatMap(({ placements }) => placements).map((placement) => [placement.app, placement]),
  ).values(),
];

/** An app's code, apart from the list of its variables. */
function codeOf(app: string): string {
  return globSync(`apps/${app}/*.ts`, { cwd: repository })
    .filter((path) => !path.endsWith("/variables.ts"))
    .map((path) => readFileSync(join(repository, path), "utf8"))
    .join("\n");
}

test("docs/environment-variables.md is what the fleet renders; npm run environment-variables writes it", async () => {
  expect(documentAt("docs/environment-variables.md")).toBe(await renderEnvironmentDocument());
});

test("it holds no value of a secret, and says of each that it is one", () => {
  const rows = [
    ...documentAt("docs/environment-variables.md").matchAll(/^\| `(\w+)` \| [^|]+ \| (.*) \| (yes|no) \|$/gm),
  ];
  expect(rows.length).toBeGreaterThan(40);
  for (const [row, , source = "", secret] of rows) {
    if (source.startsWith("Secret ")) expect(secret, row).toBe("yes");
    if (/PASSWORD|SECRET(?!S)|TOKEN/.test(row.split("`")[1] ?? "")) expect(source, row).not.toMatch(/^`/);
  }
});

test.each(apps)(
  "$app says what each of its variables is for, and of none that it does not have",
  ({ app, variables }) => {
    const [, section = ""] = documentAt("docs/environment-variables.md").split(`## ${app}\n`);
    const rows = [...(section.split(/^## /m)[0] ?? "").matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)];
    const told = new Map(rows.map(([, name = "", purpose = ""]) => [name, purpose]));
    const inOtherModes = Object.keys(variables).filter((name) => !told.has(name));
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(Object.entries(variables).filter(([name]) => told.has(name))),
    );
    // What no environment is given at the moment has to be named by the app's code.
    for (const name of inOtherModes) expect(codeOf(app), name).toMatch(new RegExp(`\\b${name}\\b`));
  },
);
