import { describe, expect, test } from "vitest";
import { chartObjects } from "../../synth/charts/objects.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";

const place = { namespace: "home", definition: "platform/greeting.ts", cluster: "local" };
const read = (text: string) => chartObjects(text, place, schemaSet("1.35"));
const namesIn = (text: string) =>
  read(text).objects.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].join("/"));
const rulesOf = (text: string) => read(text).problems.map(({ rule, at }) => `${rule} ${at.object}`);

const object = (kind: string, rest = "", metadata = "", apiVersion = "v1") =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: one${metadata} }\n${rest}\n`;
const hook = (events: string, kind = "ConfigMap", apiVersion = "v1") =>
  object(
    kind,
    "",
    `, annotations: { helm.sh/hook: "${events}", helm.sh/hook-weight: "-5", kept: "" }`,
    apiVersion,
  );

const item = (name: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name} } }`;

describe("what a chart renders", () => {
  test("is its documents, without the empty ones", () => {
    expect(namesIn(`# Source: x\n---\n---\nnull\n---\n{}\n${object("ConfigMap")}`)).toEqual([
      "ConfigMap/home/one",
    ]);
  });

  test("is the items of a List, and of a list in it", () => {
    const list = `{ apiVersion: v1, kind: ConfigMapList, items: [${item("b")}] }`;
    expect(namesIn(`apiVersion: v1\nkind: List\nitems: [${item("a")}, ${list}]`)).toEqual([
      "ConfigMap/home/a",
      "ConfigMap/home/b",
    ]);
  });

  test("is in the release's namespace unless it names another or its kind is in none", () => {
    expect(
      namesIn(
        object("Service", "", ", namespace: kube-system") +
          object("Service", "", ', namespace: ""') +
          object("ClusterRole", "", ", namespace: home", "rbac.authorization.k8s.io/v1"),
      ),
    ).toEqual(["Service/kube-system/one", "Service/home/one", "ClusterRole//one"]);
  });

  test("has the scope that a CRD of the same chart gives it", () => {
    const crd = (kind: string, scope: string) =>
      object(
        "CustomResourceDefinition",
        `spec: { group: example.dev, scope: ${scope}, names: { kind: ${kind} } }`,
        "",
        "apiextensions.k8s.io/v1",
      );
    const text =
      object("Wide", "", "", "example.dev/v1") +
      object("Narrow", "", "", "example.dev/v1") +
      crd("Wide", "Cluster") +
      crd("Narrow", "Namespaced");
    expect(namesIn(text).slice(0, 2)).toEqual(["Wide//one", "Narrow/home/one"]);
  });

  test("is a problem where it is no YAML, naming the line", () => {
    const { problems } = read("a: [");
    expect(problems[0]?.rule).toBe("chart-output");
    expect(problems[0]?.what).toMatch(/no YAML.*\(1:5\)|no YAML.*\(2:1\)/s);
  });

  test("is a problem where an object has no name", () => {
    expect(rulesOf("apiVersion: v1\nkind: Pod\nmetadata: { generateName: x- }")).toEqual([
      "chart-output Pod/x-…",
    ]);
  });

  test("is a problem where a Secret has values, and none where it is empty", () => {
    const text = object("Secret", "stringData: { a: b }") + object("Secret", "data: {}");
    expect(rulesOf(text)).toEqual(["chart-secret Secret/home/one"]);
    expect(namesIn(text)).toEqual(["Secret/home/one"]);
  });
});

describe("a Helm hook", () => {
  test("for tests or rollbacks is left out", () => {
    expect(
      read(hook("test", "Pod") + hook("test-success") + hook("pre-rollback", "Job", "batch/v1")),
    ).toEqual({
      objects: [],
      problems: [],
    });
  });

  test("that holds something for others becomes an ordinary object", () => {
    const { objects, problems } = read(hook("pre-install, pre-upgrade", "ServiceAccount"));
    expect(problems).toEqual([]);
    expect(objects.map(({ metadata }) => metadata.annotations)).toEqual([{ kept: "" }]);
  });

  test.each(["pre-install", "post-upgrade,test", "pre-delete"])(
    "that runs something at %s is a problem",
    (events) => {
      expect(rulesOf(hook(events, "Job", "batch/v1"))).toEqual(["chart-hook Job/home/one"]);
      expect(namesIn(hook(events, "Job", "batch/v1"))).toEqual([]);
    },
  );

  test("that only a deletion needs is left out", () => {
    expect(namesIn(hook("pre-delete", "ServiceAccount"))).toEqual([]);
  });
});
