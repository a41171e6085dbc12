import { describe, expect, test } from "vitest";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { validateObject } from "../../synth/schemas/validate.ts";
import type { SchemaIssue } from "../../synth/schemas/validate.ts";
import { changed } from "./change.ts";
import type { Path } from "./change.ts";
import { deployment } from "./objects.ts";

const set = schemaSet("1.35");

/** Issues of a Deployment that is right but for one value. */
function issuesWith(path: Path, value: unknown): readonly SchemaIssue[] {
  return validateObject(set, changed(deployment, path, value));
}

function object(apiVersion: string, kind: string, rest: object = {}, name = "a"): object {
  return { apiVersion, kind, metadata: { name }, ...rest };
}

describe("metadata", () => {
  test.each([
    ["v1", "Service", "1st", "begin with a letter"],
    ["v1", "ConfigMap", "Upper", "lower-case"],
    ["v1", "Namespace", "a.b", "lower-case letters, digits and - only"],
    ["batch/v1", "CronJob", "c".repeat(53), "shorten it from 53 to at most 52 characters"],
  ])("%s %s cannot be called %s", (apiVersion, kind, name, fix) => {
    const spec = validateObject(set, object(apiVersion, kind, {}, name));
    expect(spec).toContainEqual(
      expect.objectContaining({ path: "metadata.name", fix: expect.stringContaining(fix) }),
    );
  });

  test("a name is needed", () => {
    expect(validateObject(set, { apiVersion: "v1", kind: "ConfigMap", metadata: {} })).toEqual([
      expect.objectContaining({ path: "metadata.name" }),
    ]);
    expect(validateObject(set, { apiVersion: "v1", kind: "ConfigMap" })).toEqual([
      expect.objectContaining({ path: "metadata" }),
    ]);
  });

  test("a namespace is a DNS label, and only where the kind has one", () => {
    expect(issuesWith(["metadata", "namespace"], "a.b")).toHaveLength(1);
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" };
    expect(validateObject(set, { ...role, metadata: { name: "a", namespace: "b" } })).toEqual([
      expect.objectContaining({ fix: "remove metadata.namespace" }),
    ]);
  });

  test.each([
    [["metadata", "labels", "a"], "x".repeat(64), "shorten it from 64 to at most 63 characters"],
    [["metadata", "labels", "a"], "no spaces", "use letters"],
    [["metadata", "labels", "-a"], "x", "write at most 63 letters"],
    [["metadata", "labels", "Example.com/a"], "x", "DNS name"],
    [["metadata", "annotations", "a/b/c"], "x", "DNS name"],
    [["metadata", "annotations", "a"], "x".repeat(262_144), "shorten them"],
    [["spec", "template", "metadata", "labels", "a"], "no spaces", "use letters"],
    [["spec", "selector", "matchLabels", "a"], "no spaces", "use letters"],
  ])("%j is held to Kubernetes' syntax", (path, value, fix) => {
    expect(issuesWith(path, value)).toEqual([expect.objectContaining({ fix: expect.stringContaining(fix) })]);
  });

  test("keys of a ConfigMap are file names", () => {
    expect(validateObject(set, object("v1", "ConfigMap", { data: { "a/b": "" } }))).toHaveLength(1);
  });
});
