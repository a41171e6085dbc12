import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import { packageStandIn } from "../../../scripts/stand-ins/charts/package.ts";
import { standInMark } from "../../../scripts/stand-ins/mark.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { field, text } from "../../../synth/objects/json-fields.ts";
import { objectsOf } from "./dist-objects.ts";
import { releasesOf, render } from "./releases.ts";

const missing = whyNoTools(["helm"]);
if (missing !== undefined) console.warn(`skipped charts.test.ts: ${missing}`);

const clusters = fleet.clusters.map(({ name }) => name);
const folder = mkdtempSync(join(tmpdir(), "slipway-charts-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const groupKind = (object: unknown) => {
  const [group = "", version] = (text(object, "apiVersion") ?? "").split("/");
  return `${version === undefined ? "" : group}/${text(object, "kind") ?? ""}`;
};

describe.skipIf(missing !== undefined)("stand-in charts", () => {
  test.each(clusters)("Helm renders every chart of %s with the values of dist", async (cluster) => {
    const releases = releasesOf(objectsOf(cluster));
    expect(releases.length).toBeGreaterThan(4);
    for (const release of releases) {
      const objects = await render(release, folder);
      const addon = fleet.addons.find(({ chart }) => chart?.name === release.chart.name);
      const kinds = [...(addon?.chart?.kinds.cluster ?? []), ...(addon?.chart?.kinds.namespaced ?? [])];
      for (const object of objects) {
        expect(kinds, `${release.chart.name} declares it`).toContain(groupKind(object));
        expect(field(object, "metadata", "labels", standInMark)).toBe(`chart-${release.chart.name}`);
      }
      expect(objects, release.chart.name).not.toEqual([]);
    }
  });

  test("they do what their values say", async () => {
    const releases = releasesOf(objectsOf("attractor-factory"));
    const rendered = async (name: string) => {
      const release = releases.find(({ chart }) => chart.name === name);
      return release === undefined ? [] : render(release, folder);
    };
    const secrets = await rendered("external-secrets");
    const named = (name: string, kind: string) =>
      secrets.find((object) => text(object, "metadata", "name") === name && text(object, "kind") === kind);
    expect(field(named("external-secrets", "Deployment"), "spec", "replicas")).toBe(2);
    expect(
      text(named("external-secrets", "Deployment"), "spec", "template", "spec", "priorityClassName"),
    ).toBe("platform-critical");
    expect(JSON.stringify(named("external-secrets", "ServiceAccount"))).toContain(
      "eks.amazonaws.com/role-arn",
    );
    expect(named("externalsecrets.external-secrets.io", "CustomResourceDefinition")).toBeDefined();
    expect(text(named("external-secrets-webhook", "PodDisruptionBudget"), "kind")).toBe(
      "PodDisruptionBudget",
    );
  });

  test("a chart that nothing stands in for stops with a way to add one", async () => {
    const unknown = { repository: "https://charts.example.com", name: "unheard-of", version: "1.0.0" };
    await expect(packageStandIn(unknown)).rejects.toThrow("nothing stands in for it");
  });
});
