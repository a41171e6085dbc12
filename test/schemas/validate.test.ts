import { describe, expect, test } from "vitest";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { validateObject } from "../../synth/schemas/validate.ts";
import type { SchemaIssue } from "../../synth/schemas/validate.ts";
import { changed } from "./change.ts";
import type { Path } from "./change.ts";
import { customObjects, deployment, ingress, networkPolicy, samples } from "./objects.ts";

const set = schemaSet("1.35");
const spec = ["spec", "template", "spec"];
const container = [...spec, "containers", 0];

/** Issues of a Deployment that is right but for one value. */
function issuesWith(path: Path, value: unknown): readonly SchemaIssue[] {
  return validateObject(set, changed(deployment, path, value));
}

function object(apiVersion: string, kind: string, rest: object = {}, name = "a"): object {
  return { apiVersion, kind, metadata: { name }, ...rest };
}

describe("an object as the API server takes it", () => {
  test.each(samples)("$kind has no issues", (sample) => {
    expect(validateObject(set, sample)).toEqual([]);
  });

  test("null is a field that is not there", () => {
    expect(issuesWith([...container, "livenessProbe"], null)).toEqual([]);
    expect(issuesWith(["metadata", "creationTimestamp"], null)).toEqual([]);
  });

  test("an optional choice may be the empty text, as charts render it", () => {
    expect(issuesWith([...container, "imagePullPolicy"], "")).toEqual([]);
  });

  test("a role's name may hold a colon", () => {
    expect(
      validateObject(set, object("rbac.authorization.k8s.io/v1", "ClusterRole", {}, "system:a")),
    ).toEqual([]);
  });

  test("generateName stands in for a name", () => {
    expect(
      validateObject(set, { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "a-" } }),
    ).toEqual([]);
  });

  test("a required field with a default may be left out of a custom object", () => {
    const password = { spec: { length: 12 } };
    expect(
      validateObject(set, object("generators.external-secrets.io/v1alpha1", "Password", password)),
    ).toEqual([]);
  });

  test("a definition may nest schemas, lists of them and booleans", () => {
    const openAPIV3Schema = {
      type: "object",
      properties: {
        a: { type: "array", items: { type: "string" } },
        b: { type: "object", additionalProperties: true },
      },
    };
    const versions = [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }];
    const names = { kind: "A", plural: "as" };
    const definition = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      spec: { group: "example.com", scope: "Namespaced", names, versions },
    });
    expect(validateObject(set, definition)).toEqual([]);
    const at = ["spec", "versions", 0, "schema", "openAPIV3Schema", "properties", "a", "items", "tipe"];
    expect(validateObject(set, changed(definition, at, "string"))).toEqual([
      expect.objectContaining({
        fix: "did you mean type? Otherwise remove it, or move it to where it belongs",
      }),
    ]);
  });
});

describe("fields", () => {
  test("an unknown field is named, with the one that was meant", () => {
    expect(issuesWith(["spec", "replica"], 2)).toEqual([
      {
        path: "spec.replica",
        what: "there is no field replica here",
        fix: "did you mean replicas? Otherwise remove it, or use one of minReadySeconds, paused, progressDeadlineSeconds, replicas, revisionHistoryLimit, selector, strategy, template",
      },
    ]);
  });

  test("an unknown field of a custom object too, at any depth", () => {
    const [application] = customObjects;
    const wrong = changed(application, ["spec", "syncPolicy", "automated", "selfheal"], true);
    expect(validateObject(set, wrong)).toEqual([
      expect.objectContaining({
        path: "spec.syncPolicy.automated.selfheal",
        fix: "did you mean selfHeal? Otherwise remove it, or use one of allowEmpty, enabled, prune, selfHeal",
      }),
    ]);
  });

  test("a name that JavaScript objects inherit is unknown as well", () => {
    expect(issuesWith(["spec", "constructor"], {})).toEqual([
      expect.objectContaining({ path: "spec.constructor" }),
    ]);
  });

  test("a missing required field is named", () => {
    expect(issuesWith(["spec", "selector"], undefined)).toEqual([
      { path: "spec.selector", what: "the required field selector is missing", fix: "write selector" },
    ]);
  });

  test("all issues are reported together", () => {
    const twice = changed(changed(deployment, ["spec", "replica"], 1), [...container, "nam"], "x");
    expect(validateObject(set, twice)).toHaveLength(2);
  });
});

describe("types", () => {
  test.each([
    [["spec", "replicas"], "3", 'expected a whole number, found the text "3"', "write 3, without quotes"],
    [["spec", "replicas"], 1.5, "expected a whole number, found the number 1.5", "leave out the decimals"],
    [["spec", "replicas"], 3e9, "3000000000 does not fit 32 bits", "write a smaller number"],
    [
      ["metadata", "annotations", "a"],
      true,
      "expected text, found the boolean true",
      'put it in quotes: "true"',
    ],
    [
      [...container, "env", 0, "value"],
      8080,
      "expected text, found the number 8080",
      'put it in quotes: "8080"',
    ],
    [
      [...container, "tty"],
      "yes",
      'expected true or false, found the text "yes"',
      "write true, without quotes",
    ],
    [[...container, "args"], "--a", 'expected a list, found the text "--a"', "write a list here"],
    [[...spec, "securityContext"], [], "expected an object, found a list", "write an object here"],
    [
      ["spec", "strategy", "rollingUpdate", "maxSurge"],
      false,
      "expected a whole number or text, found the boolean false",
      "write a number, or text in quotes",
    ],
  ])("%j: %j", (path, value, what, fix) => {
    expect(issuesWith(path, value)).toEqual([expect.objectContaining({ what, fix })]);
  });

  test.each([
    ["512MB", 'write "512Mi"'],
    ["1 Gi", 'write an amount such as "500m", "1.5" or "512Mi"'],
    ["", 'write an amount such as "500m", "1.5" or "512Mi"'],
  ])("%j is not a quantity", (value, fix) => {
    expect(issuesWith([...container, "resources", "limits", "memory"], value)).toEqual([
      expect.objectContaining({ path: "spec.template.spec.containers[0].resources.limits[memory]", fix }),
    ]);
  });

  test("secret data is base64, and a message does not repeat it", () => {
    const [issue] = validateObject(set, object("v1", "Secret", { data: { key: "not base64!" } }));
    expect(issue).toMatchObject({ path: "data[key]", what: "the text is not base64" });
    expect(JSON.stringify(issue)).not.toContain("not base64!");
  });
});

describe("bounds", () => {
  test("a value out of a choice lists the choices", () => {
    expect(issuesWith([...container, "imagePullPolicy"], "always")).toEqual([
      expect.objectContaining({ fix: "write one of Always, IfNotPresent, Never" }),
    ]);
  });

  test.each([
    [[...container, "ports", 0, "containerPort"], 70_000, "write at most 65535"],
    [["spec", "replicas"], -1, "write at least 0"],
    [[...spec, "containers"], [], "write at least 1"],
    [[...container, "ports", 0, "name"], "a-port-name-too-long", "write at most 15 characters"],
    [[...container, "name"], "Web", "match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"],
    [[...container, "volumeMounts", 0, "mountPath"], "", "write at least 1 character"],
  ])("%j: %j", (path, value, fix) => {
    expect(issuesWith(path, value)).toEqual([expect.objectContaining({ fix })]);
  });

  test("patterns of custom definitions hold", () => {
    const release = customObjects[1];
    expect(validateObject(set, changed(release, ["spec", "interval"], "10 minutes"))).toEqual([
      expect.objectContaining({
        path: "spec.interval",
        what: '"10 minutes" is not of the form this field has',
      }),
    ]);
  });
});

describe("lists with identities", () => {
  test.each([
    ["two containers of a name", [...spec, "containers", "-"], { name: "web" }, "name web is already at"],
    [
      "two ports of a number",
      [...container, "ports", "-"],
      { containerPort: 8080, protocol: "TCP" },
      "containerPort 8080",
    ],
    [
      "two ports of a name",
      [...container, "ports", "-"],
      { containerPort: 1, name: "http" },
      "name http is already at",
    ],
    [
      "two variables of a name",
      [...container, "env", "-"],
      { name: "PORT", value: "1" },
      "name PORT is already at",
    ],
  ])("%s collide", (_title, path, element, what) => {
    expect(issuesWith(path, element)).toEqual([
      expect.objectContaining({ what: expect.stringContaining(what) }),
    ]);
  });
});

describe("kinds", () => {
  test("a kind in an old version is told where it is now", () => {
    expect(validateObject(set, { ...ingress, apiVersion: "extensions/v1beta1" })).toEqual([
      {
        path: "kind",
        what: "Kubernetes 1.35 and the add-ons serve no Ingress in extensions/v1beta1",
        fix: "Ingress is served as networking.k8s.io/v1",
      },
    ]);
  });

  test("a misspelt kind is told the one that was meant", () => {
    expect(validateObject(set, { ...networkPolicy, kind: "NetworkPolice" })).toEqual([
      expect.objectContaining({
        fix: "did you mean NetworkPolicy, served as networking.k8s.io/v1? Otherwise correct the kind, or add its definition to scripts/schemas/sources.ts",
      }),
    ]);
  });

  test("a kind of its own is told where definitions go", () => {
    expect(validateObject(set, object("example.com/v1", "Xylophone"))).toEqual([
      expect.objectContaining({ fix: expect.stringContaining("scripts/schemas/sources.ts") }),
    ]);
  });

  test("a thing that is no object, or says no kind, is an issue and no crash", () => {
    for (const value of [
      null,
      "text",
      [],
      {},
      { apiVersion: 1 },
      { apiVersion: "v1" },
      { apiVersion: "v1", kind: 2 },
    ]) {
      expect(validateObject(set, value)).toHaveLength(1);
    }
  });
});
