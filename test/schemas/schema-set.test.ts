import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kubernetesVersions } from "../../synth/model/names.ts";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { sources } from "../../scripts/schemas/sources.ts";
import { referencesOf } from "../../scripts/schemas/references.ts";
import { isFields } from "../../synth/objects/json-fields.ts";

const folder = join(import.meta.dirname, "../../synth/schemas/data");
const files = readdirSync(folder);

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}

describe("data files", () => {
  test("are those of the pinned sources, no more and no less", () => {
    expect(files.toSorted()).toEqual(sources.map(({ name }) => `${name}.json`).toSorted());
  });

  test.each(sources)(
    "$name says its module, its version and how to make it again",
    ({ name, module, version, files }) => {
      expect(read(`${name}.json`)).toMatchObject({
        source: { module, version, files, command: `npm run schemas ${name}` },
      });
    },
  );

  test.each(files)("%s stays small enough to review", (file) => {
    expect(readFileSync(join(folder, file)).length).toBeLessThan(200 * 1024);
  });

  test("share no name of a type", () => {
    const names = files.flatMap((file) => {
      const data = read(file);
      return isFields(data) && isFields(data["types"]) ? Object.keys(data["types"]) : [];
    });
    expect(names).toHaveLength(new Set(names).size);
  });
});

describe.each(kubernetesVersions)("the schemas of Kubernetes %s", (version) => {
  const set = schemaSet(version);

  test("are built once", () => {
    expect(schemaSet(version)).toBe(set);
  });

  test("refer only to types that they have", () => {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      referencesOf(set.type(name)).forEach(visit);
    };
    for (const { group, version: served, kind } of set.kinds()) {
      const schema = set.schema(group === "" ? served : `${group}/${served}`, kind);
      expect(schema).toBeDefined();
      if (schema !== undefined) referencesOf(schema).forEach(visit);
    }
    expect(seen.size).toBeGreaterThan(300);
  });

  test("know scope and resource name of core, grouped and custom kinds", () => {
    expect(set.kind("v1", "Namespace")).toEqual({
      group: "",
      version: "v1",
      kind: "Namespace",
      plural: "namespaces",
      scope: "Cluster",
    });
    expect(set.kind("networking.k8s.io/v1", "NetworkPolicy")).toMatchObject({
      group: "networking.k8s.io",
      plural: "networkpolicies",
      scope: "Namespaced",
    });
    expect(set.kind("external-secrets.io/v1", "ClusterSecretStore")).toMatchObject({ scope: "Cluster" });
    expect(set.kind("extensions/v1beta1", "Ingress")).toBeUndefined();
  });

  test("leave out what cannot be applied or is off by default", () => {
    const kinds = set.kinds();
    expect(kinds.filter(({ kind }) => /List$|^Status$|Review$|^Eviction$|^Scale$/.test(kind))).toEqual([]);
    const own = kinds.filter(
      ({ group }) => group === "" || group.endsWith(".k8s.io") || !group.includes("."),
    );
    expect(own.filter((info) => !/^v\d+$/.test(info.version))).toEqual([]);
  });
});

test("the nearest word is the one with the fewest slips, and none if all are far", () => {
  expect(didYouMean("replica", ["revision", "replicas"], "stop")).toBe(
    "did you mean replicas? Otherwise stop",
  );
  expect(didYouMean("xyz", ["replicas"], "stop")).toBe("stop");
});
