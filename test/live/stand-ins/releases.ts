import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { outsideSources } from "../../../scripts/loopback/sources.ts";
import type { ChartSource } from "../../../scripts/loopback/sources.ts";
import { runProgram } from "../../../scripts/process/run-program.ts";
import { packageStandIn } from "../../../scripts/stand-ins/charts/package.ts";
import { findTool } from "../../../scripts/tools/find.ts";
import { readManifest } from "../../../synth/charts/kubernetes-yaml.ts";
import { field, list, text } from "../../../synth/objects/json-fields.ts";

/** A chart that a reconciler installs, with the values of dist. */
export interface Release {
  readonly chart: ChartSource;
  readonly name: string;
  readonly namespace: string;
  readonly values: unknown;
}

/** What dist has its reconciler render. */
export function releasesOf(objects: readonly unknown[]): readonly Release[] {
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

/** What Helm makes of its stand-in; `folder` takes the files that it needs. */
export async function render(release: Release, folder: string): Promise<readonly unknown[]> {
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
