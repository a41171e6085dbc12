import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import { runProgram } from "../../../scripts/process/run-program.ts";
import { outsideSources } from "../../../scripts/loopback/sources.ts";
import type { ChartSource } from "../../../scripts/loopback/sources.ts";
import { packageStandIn } from "../../../scripts/stand-ins/charts/package.ts";
import { standInMark } from "../../../scripts/stand-ins/mark.ts";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";
import { readManifest } from "../../../synth/charts/kubernetes-yaml.ts";
import { field, list, text } from "../../../synth/objects/json-fields.ts";
import { objectsOf } from "./dist-objects.ts";

const missing = whyNoTools(["helm"]);
if (missing !== undefined) console.warn(`skipped charts.test.ts: ${missing}`);

const clusters = fleet.clusters.map(({ name }) => name);
const folder = mkdtempSync(join(tmpdir(), "slipway-charts-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Release {
  readonly chart: ChartSource;
  readonly name: string;
  readonly namespace: string;
  readonly values: unknown;
}

/** What dist has its reconciler render. */
function releasesOf(objects: readonly unknown[]): readonly Release[] {
  const { charts } = outsideSources(objects);
  const chartOf = (name: string) => {
    const found = charts.find((chart) => chart.name === name);
    if (found === undefined) throw new Error(`dist names no chart ${name}`);
    return found;
  };
  const fromApplications = objects
    .filter((object) => text(object, "kind") === "Application")
    .flatMap((application) =>
      list(application, "spec", "sources")
        .concat(field(application, "spec", "source") ?? [])
        .filter((source) => field(source, "chart") !== undefined)
        .map((source) => ({
          chart: chartOf(text(source, "chart") ?? ""),
          name: text(source, "helm", "releaseName") ?? text(application, "metadata", "name") ?? "",
          namespace: text(application, "spec", "destination", "namespace") ?? "",
          values: field(source, "helm", "valuesObject") ?? {},
        })),
    );
  const fromReleases = objects
    .filter((object) => text(object, "kind") === "HelmRelease")
    .map((release) => ({
      chart: chartOf(text(release, "spec", "chart", "spec", "chart") ?? "flux-operator"),
      name: text(release, "spec", "releaseName") ?? "",
      namespace: text(release, "spec", "targetNamespace") ?? "",
      values: field(release, "spec", "values") ?? {},
    }));
  return [...fromApplications, ...fromReleases];
}

async function render(release: Release): Promise<readonly unknown[]> {
  const helm = await findTool("helm");
  const { archive } = await packageStandIn(release.chart);
  const path = join(folder, `${release.chart.name}.tgz`);
  const values = join(folder, "values.json");
  writeFileSync(path, archive);
  writeFileSync(values, JSON.stringify(release.values));
  const args = [
    "--namespace",
    release.namespace,
    "--include-crds",
    "--kube-version",
    "1.35.4",
    "--values",
    values,
  ];
  const { ok, stdout, reason } = await runProgram(helm, ["template", release.name, path, ...args]);
  if (!ok) throw new Error(`${release.chart.name}: ${reason}`);
  return readManifest(stdout).filter((document) => document !== null);
}

const groupKind = (object: unknown) => {
  const [group = "", version] = (text(object, "apiVersion") ?? "").split("/");
  return `${version === undefined ? "" : group}/${text(object, "kind") ?? ""}`;
};

describe.skipIf(missing !== undefined)("stand-in charts", () => {
  test.each(clusters)("Helm renders every chart of %s with the values of dist", async (cluster) => {
    const releases = releasesOf(objectsOf(cluster));
    expect(releases.length).toBeGreaterThan(4);
    for (const release of releases) {
      const objects = await render(release);
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
      return release === undefined ? [] : render(release);
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
