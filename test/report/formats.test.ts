import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { htmlReport } from "../../scripts/report/html.ts";
import { jsonReport } from "../../scripts/report/json.ts";
import { commentLimit, markdownReport } from "../../scripts/report/markdown.ts";
import { terminalReport } from "../../scripts/report/terminal.ts";
import { object, web } from "../changes/dist-files.ts";
import { madeReport } from "./made-report.ts";

const settings = (data: object, name = "settings") => object("v1", "ConfigMap", name, { data }, "shop");
const claim = object("v1", "PersistentVolumeClaim", "pictures", { spec: {} }, "shop");
const base = [web(), settings({ sun: "half" }), claim];
const head = [
  web({ container: { image: "shop/web:2.0.0" }, spec: { replicas: 3 } }),
  settings({ sun: "full" }),
];
const report = madeReport(base, head);

const many = (value: string) =>
  Array.from({ length: 800 }, (_, index) => ({
    object: settings({ [`key-${index}`]: value.repeat(200) }, `settings-${index}`),
    owner: `app${index % 97}-prod`,
    definition: `apps/app${index % 97}/app.ts`,
  }));

describe("a comment for a pull request", () => {
  const text = markdownReport(report);

  test("begins with its mark and the verdict, before any table", () => {
    expect(text).toMatch(/^<!-- slipway diff -->\n\n### ⛔ 1 finding stops this change\n\n\| Gate \|/);
    expect(text.indexOf("stateful-deleted")).toBeLessThan(text.indexOf("**Images and charts**"));
  });

  test("says in tables which images, replicas and requests change", () => {
    expect(text).toContain("| `shop/web` | `1.0.0` | `2.0.0` | `prod on garden` | `Deployment web` |");
    expect(text).toContain("| `Deployment web` | `2` | `3` | `prod on garden` |");
    expect(text).toMatch(
      /\| `garden` \| `workers` \| `CPU` \| `0\.2` \| `0\.3` \| `\+0\.1` \| `[\d.]+ to [\d.]+` \|/,
    );
  });

  test("folds each group of changes", () => {
    expect(text).toContain(
      "<details><summary><b><code>shop</code></b> <code>prod on garden</code>: 1 deletion, 1 rollout, 1 config</summary>",
    );
    expect(text.split("<details>")).toHaveLength(text.split("</details>").length);
  });

  test("is good news where nothing is refused, and where nothing changes", () => {
    expect(markdownReport(madeReport([settings({ sun: "half" })], [settings({ sun: "full" })]))).toContain(
      "### ✅ No gate refuses this change",
    );
    expect(markdownReport(madeReport(base, base))).toContain("### ✅ Nothing changes in any cluster");
  });

  test("of very many changes fits what a forge takes, and says what is left out", () => {
    const long = markdownReport(madeReport([claim, ...many("é")], many("ß")));
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(commentLimit);
    expect(Buffer.byteLength(long)).toBeGreaterThan(commentLimit / 2);
    expect(long).toContain("the HTML report has all of them");
    expect(long).toContain("stateful-deleted");
    expect(long.split("<details>")).toHaveLength(long.split("</details>").length);
  });

  test("never grows longer than it may, by however many findings and images", () => {
    const gone = Array.from({ length: 300 }, (_, index) =>
      object("v1", "PersistentVolumeClaim", `${"x".repeat(200)}-${index}`, {}, "shop"),
    );
    const images = Array.from({ length: 300 }, (_, index) => ({
      object: web({ container: { image: `shop/${"y".repeat(2000)}-${index}:1` } }),
      cluster: `c${index}`,
    }));
    const long = markdownReport(madeReport(gone, images));
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(commentLimit);
    expect(long).toMatch(/^<!-- slipway diff -->\n\n### ⛔ 301 findings stop this change/);
    expect(long).toContain("HTML report");
  });
});

const labelled = (layer: string) =>
  object("v1", "ConfigMap", "settings", { metadata: { labels: { "slipway.dev/layer": layer } } }, "shop");

const script = (word: string) => `#!/bin/sh\nset -eu\necho ${word}\nexit 0\n`;

describe("at a terminal", () => {
  test("the verdict comes first, then tables, then changes", () => {
    const lines = stripVTControlCharacters(terminalReport(report)).split("\n");
    expect(lines[0]).toBe("3 changes in 1 cluster: 1 deletion, 1 rollout, 1 config");
    expect(lines[2]).toBe("1 gate finding without a waiver");
    expect(lines).toContain("          containers[web].image  web 1.0.0 → 2.0.0");
    expect(lines).toContain("          data.sun  half → full");
  });

  test("a new object says what a reviewer asks for first", () => {
    const ingress = object(
      "networking.k8s.io/v1",
      "Ingress",
      "web",
      { spec: { rules: [{ host: "shop.example.com" }] } },
      "shop",
    );
    const role = object(
      "rbac.authorization.k8s.io/v1",
      "Role",
      "web",
      { rules: [{ apiGroups: ["batch"], resources: ["jobs"], verbs: ["get", "list"] }] },
      "shop",
    );
    const policy = object(
      "networking.k8s.io/v1",
      "NetworkPolicy",
      "web",
      {
        spec: {
          podSelector: {},
          policyTypes: ["Egress"],
          egress: [{ to: [{ podSelector: { matchLabels: { app: "api" } } }], ports: [{ port: 80 }] }],
        },
      },
      "shop",
    );
    const lines = stripVTControlCharacters(
      terminalReport(madeReport([], [ingress, role, policy, web()])),
    ).split("\n");
    expect(lines.map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        "hosts  shop.example.com",
        "allows  get, list jobs (batch)",
        "egress  to pods app=api on 80/TCP",
        "images  web 1.0.0",
      ]),
    );
  });

  test("long values stand below each other where the line is short", () => {
    const [long, longer] = ["a".repeat(40), "b".repeat(40)];
    const text = terminalReport(madeReport([settings({ sun: long })], [settings({ sun: longer })]), {
      width: 60,
    });
    const lines = stripVTControlCharacters(text).split("\n");
    expect(lines.find((line) => line.includes("data.sun"))?.trim()).toBe("data.sun");
    expect(lines.filter((line) => line.length > 95)).toEqual([]);
  });

  test("noise is counted, and listed for who asks", () => {
    const noisy = madeReport([labelled("a")], [labelled("b")]);
    const counted = stripVTControlCharacters(terminalReport(noisy));
    expect(counted).toContain("not shown: 1 object of which only bookkeeping labels or annotations changed");
    expect(counted).not.toContain("slipway.dev/layer");
    expect(stripVTControlCharacters(terminalReport(noisy, { noise: true }))).toContain("slipway.dev/layer");
    expect(htmlReport(noisy)).toContain("slipway.dev/layer");
  });

  test("of a long text only the lines that differ are shown, after the line before them", () => {
    const text = terminalReport(
      madeReport([settings({ run: script("hello") })], [settings({ run: script("goodbye") })]),
    );
    const lines = stripVTControlCharacters(text)
      .split("\n")
      .map((line) => line.trim());
    expect(lines.slice(lines.indexOf("data.run"), lines.indexOf("data.run") + 4)).toEqual([
      "data.run",
      "set -eu",
      "- echo hello",
      "+ echo goodbye",
    ]);
    expect(lines).not.toContain("exit 0");
  });
});

test("for programs there is one object with a version, as docs/diff.md has it", () => {
  const parsed = JSON.parse(jsonReport(report));
  expect(Object.keys(parsed).toSorted()).toEqual(
    [
      "version",
      "base",
      "head",
      "changes",
      "noise",
      "versions",
      "replicas",
      "cost",
      "unreadable",
      "gates",
    ].toSorted(),
  );
  expect(parsed.version).toBe(1);
  expect(parsed.changes).toContainEqual(
    expect.objectContaining({
      operation: "changed",
      kind: "apps/Deployment",
      name: "web",
      subject: { kind: "app", name: "shop" },
      effects: ["rollout", "scale"],
      places: [
        {
          cluster: "garden",
          environment: "prod",
          namespace: "shop",
          name: "web",
          owner: "shop-prod",
          path: "dist/garden/applications/shop-prod/Deployment.web.yaml",
          definition: "apps/shop/app.ts",
        },
      ],
    }),
  );
  expect(parsed.gates.refused).toMatchObject([{ rule: "stateful-deleted", at: { cluster: "garden" } }]);
});
