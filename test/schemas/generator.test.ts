import { describe, expect, test } from "vitest";
import { definitionTables } from "../../scripts/schemas/definitions.ts";
import { readEnums } from "../../scripts/schemas/enums.ts";
import { shareRepeated } from "../../scripts/schemas/share.ts";
import { structural } from "../../scripts/schemas/structural.ts";
import { tablesText } from "../../scripts/schemas/tables.ts";

describe("a structural schema becomes ours", () => {
  test("with its bounds and without its prose", () => {
    const node = {
      type: "object",
      description: "prose",
      required: ["a", "b"],
      properties: {
        a: { type: "string", enum: ["x"], default: "x" },
        b: { type: "array", items: { type: "integer", format: "int32", minimum: 1 }, maxItems: 2 },
        c: { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] },
        d: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      },
    };
    expect(structural(node, "spec")).toEqual({
      fields: {
        a: { type: "string", enum: ["x"] },
        b: { items: { type: "int32", min: 1 }, max: 2 },
        c: "int-or-string",
        d: "object",
      },
      required: ["b"],
    });
  });

  test("with Go's case-insensitive patterns in JavaScript's form", () => {
    expect(structural({ type: "string", pattern: "^(?i)(a|b)$" }, "")).toEqual({
      type: "string",
      pattern: "^(?i:(a|b)$)",
    });
  });

  test.each([
    [{ type: "string", oneOf: [] }, "oneOf"],
    [{ type: "string", format: "uri" }, "uri"],
    [{ type: "object", anyOf: [{ required: ["a"] }] }, "anyOf"],
    [{}, "no type"],
  ])("or stops the generator: %j", (node, why) => {
    expect(() => structural(node, "spec")).toThrow(why);
  });
});

test("enums are read from Kubernetes' generated Go code, by type and field", () => {
  const code = [
    "func schema_k8sio_api_core_v1_Container(ref common.ReferenceCallback) common.OpenAPIDefinition {",
    '\t\t\t\t\t"imagePullPolicy": {',
    '\t\t\t\t\t\t\tEnum:        []interface{}{"Always", "Never"},',
  ].join("\n");
  expect(readEnums(code).get("core.v1.Container")?.get("imagePullPolicy")).toEqual(["Always", "Never"]);
});

test("what repeats is kept once, called after its first field", () => {
  const fields = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`field${index}`, "string"]));
  const schema = { fields: { first: { fields }, second: { fields } } };
  const { kinds, types } = shareRepeated("s", { "v1/A": { plural: "as", scope: "Cluster", schema } });
  expect(kinds["v1/A"]?.schema).toEqual({ fields: { first: "#s/first", second: "#s/first" } });
  expect(types).toEqual({ "s/first": { fields } });
});

describe("definitions in files", () => {
  const text = [
    "kind: Deployment",
    "---",
    "{{ if .Values.crds }}",
    "kind: CustomResourceDefinition",
    "spec:",
    "  group: example.com",
    "  scope: Cluster",
    "  names: { kind: A, plural: as }",
    "  versions:",
    "    - { name: v1, served: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } } }",
    "    - { name: v0, served: false, schema: { openAPIV3Schema: { type: object, properties: {} } } }",
  ].join("\n");
  const files = [{ path: "a.yaml", text }];

  test("are found among templates and other documents", () => {
    expect(definitionTables("a", files, ["example.com/v1/A"]).kinds["example.com/v1/A"]).toMatchObject({
      plural: "as",
      scope: "Cluster",
    });
  });

  test("are missed aloud where a version is not served", () => {
    expect(() => definitionTables("a", files, ["example.com/v0/A"])).toThrow(
      "a does not serve example.com/v0/A",
    );
  });
});

test("a data file has one kind or type on a line, in order, whatever order they came in", () => {
  const source = { module: "m", version: "v1", files: [], command: "c" };
  const text = tablesText(source, {
    kinds: {},
    types: { b: "string", a: { fields: { d: "any", c: "any" } } },
  });
  expect(text.split("\n").slice(3, 6)).toEqual([
    '  "types": {',
    '    "a": {"fields":{"c":"any","d":"any"}},',
    '    "b": "string"',
  ]);
});
