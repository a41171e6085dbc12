import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as synth from "#synth";
import { withEntry, withImport } from "../../scripts/scaffold/insert.ts";
import { copyRepository, tool } from "../commands/slipway.ts";
import { blocks, documentAt } from "./documents.ts";

const copy = copyRepository();
const document = documentAt("docs/building-blocks.md");
const [, inRender = "", around = ""] = document.split(/^## .*$/m);
const [app = "", placement = "", database = ""] = blocks(document, "ts");
const [release = ""] = blocks(document, "json");

/** First cells of a table's rows, each name of several by itself. */
function named(section: string): readonly string[] {
  return [...section.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = ""]) =>
    cell.split(", ").map((name) => name.replaceAll("`", "")),
  );
}

/** Second cells of the table: one call each. */
const calls = [...inRender.matchAll(/^\| `\w+` \| `(.+?)` \|/gm)].map(([, call = ""]) => call);

/** The app with the database of the document in it, as the sentence below that says. */
function withDatabase(text: string): string {
  const [settings, flow] = ["const settings =", "{ from: worker, to: internet(443) },"];
  expect(text).toContain(settings);
  expect(text).toContain(flow);
  const store = 'const store = postgres(serve, secret(serve, "postgres", { keys: ["password"] }));';
  return `import { postgres } from "./database.ts";\n${text
    .replace(settings, `${store}\n    ${settings}`)
    .replace(flow, `${flow}\n      { from: web, to: store.port("postgres") },`)}`;
}

describe("the building blocks of docs/building-blocks.md", () => {
  test("are those that definitions can import, each once", () => {
    expect([...named(inRender), ...named(around)].toSorted()).toEqual(Object.keys(synth).toSorted());
  });

  test("compile as they stand: every call of the table, the app and its database", async () => {
    expect(calls).toHaveLength(named(inRender).length);
    mkdirSync(join(copy.root, "apps/guestbook/releases"), { recursive: true });
    copy.write("apps/guestbook/app.ts", app);
    copy.write("apps/guestbook/releases/local.json", release);
    copy.write("apps/guestbook/database.ts", database);
    copy.write(
      "apps/guestbook/calls.ts",
      [
        `import { ${named(inRender).join(", ")} } from "#synth";`,
        'import type { Component, Resources } from "#synth";',
        'export const calls = (stage: Stage, image: string, resources: Resources, web: Component<"http">) => [',
        ...calls.map((call) => `  ${call},`),
        "];",
      ].join("\n"),
    );
    const cluster = withImport(copy.read("clusters/local.ts"), "guestbook", "../apps/guestbook/app.ts");
    const entry = placement.trim().replace(/;$/, "");
    copy.write("clusters/local.ts", withEntry("clusters/local.ts", cluster, /^ {2}placements: \[/, entry));
    const { stdout } = await tool("tsc", ["--noEmit"], copy.root);
    expect(stdout.split("\n").filter((line) => /^(apps|clusters|platform)\//.test(line))).toEqual([]);
  });

  test("make an app that synth has no problem with, with everything that it is said to have", async () => {
    copy.write("apps/guestbook/app.ts", withDatabase(app));
    expect(await copy.slipway("synth", "--cluster", "local")).toMatchObject({ status: 0, stderr: "" });
    for (const object of [
      "ConfigMap.settings",
      "Deployment.web",
      "Deployment.worker",
      "ExternalSecret.postgres",
      "ExternalSecret.session",
      "HorizontalPodAutoscaler.web",
      "Ingress.web",
      "NetworkPolicy.web",
      "NetworkPolicy.worker",
      "PersistentVolumeClaim.pictures",
      "Service.web",
      "StatefulSet.postgres",
    ]) {
      const path = `dist/local/applications/guestbook-local/${object}.yaml`;
      expect(existsSync(join(copy.root, path)), path).toBe(true);
    }
  });
});
