import { join } from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import { toYaml } from "../../synth/objects/yaml.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";
import { plain } from "../../synth/objects/plain.ts";
import { repository } from "../commands/slipway.ts";
import { between } from "./between.ts";

/** Lists of our objects whose order says nothing to Kubernetes. */
const unordered: ReadonlySet<string> = new Set([
  "env",
  "volumes",
  "volumeMounts",
  "tolerations",
  "topologySpreadConstraints",
  "subjects",
  "rules",
  "ingress",
  "egress",
  "destinations",
  "namespaceResourceWhitelist",
  "dependsOn",
]);

/** The same data, written as differently as can be. */
function rewritten(value: Json, name = ""): Json {
  if (Array.isArray(value)) {
    const members = value.map((member) => rewritten(member));
    return unordered.has(name) ? members.toReversed() : members;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, rewritten(member, key)] as const)
      .toReversed(),
  );
}

/** A cluster under Argo CD with an app, and one under Flux. */
const clusters: ReadonlySet<string> = new Set(["attractor-factory", "conversation-dev"]);

test("two clusters of the fleet, every list and every object in another order and in other files, change in nothing", () => {
  const files = [...readTree(join(repository, "dist"))].filter(([path]) =>
    clusters.has(path.split("/")[0] ?? ""),
  );
  // Neither is an object: what they are is told by where they stand.
  const objects = files.filter(([path]) => !/^[^/]+\/(?:bootstrap\/values|aws)\//.test(path));
  const moved = objects.map(([path, content], index): [string, string] => {
    const [cluster = "", folder = ""] = path.split("/");
    const header = content.slice(0, content.indexOf("\n") + 1);
    return [
      `${cluster}/${folder}/moved/${index}.yaml`,
      `${header}${toYaml(rewritten(plain(load(content))))}`,
    ];
  });
  const changes = between(new Map(objects), new Map(moved));
  expect(changes.unreadable).toEqual([]);
  expect(changes.folded.map(({ kind, name, fields }) => [kind, name, fields])).toEqual([]);
  expect(changes.noise.reduce((sum, { places }) => sum + places.length, 0)).toBe(objects.length);
  expect(objects.length).toBeGreaterThan(200);
});
