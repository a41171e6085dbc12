import { ProblemsError } from "../../../synth/model/problem.ts";
import type { PackagedChart } from "../../loopback/repository.ts";
import type { ChartSource } from "../../loopback/sources.ts";
import { standInMark } from "../mark.ts";
import { archive } from "./archive.ts";
import type { StandInChart } from "./chart.ts";
import { defaultValues } from "./default-values.ts";
import { chartDefinitions } from "./definitions.ts";
import { standInCharts } from "./table.ts";
import { valueAt, workloadTemplate } from "./template.ts";

/**
 * What stands in for a chart that dist names, packaged under its name and version.
 *
 * @throws ProblemsError for a chart that nothing stands in for, and where its definitions cannot be had
 */
export async function packageStandIn({ name, version }: ChartSource): Promise<PackagedChart> {
  const chart = standInCharts[name];
  if (chart === undefined) throw new ProblemsError([noStandIn(name)]);
  const files = Object.entries(chartFiles(name, version, chart)).map(([path, text]): [string, string] => [
    `${name}/${path}`,
    text,
  ]);
  return { name, version, archive: archive(new Map(files)) };
}

function chartFiles(name: string, version: string, chart: StandInChart): Readonly<Record<string, string>> {
  const { workloads = [], switches = [], templates = {} } = chart;
  const about = {
    apiVersion: "v2",
    name,
    version,
    description: `Stands in for ${name} ${version}`,
    annotations: { [standInMark]: `chart-${name}` },
  };
  return {
    "Chart.yaml": JSON.stringify(about),
    "values.yaml": JSON.stringify(defaultValues(workloads, [...switches, ...definitionSwitches(chart)])),
    ...definitionFiles(name, chart),
    ...Object.fromEntries(
      workloads.map((workload) => [`templates/${workload.name}.yaml`, workloadTemplate(workload)]),
    ),
    ...Object.fromEntries(Object.entries(templates).map(([file, text]) => [`templates/${file}`, text])),
  };
}

function definitionSwitches({ definitions }: StandInChart): readonly string[] {
  return definitions !== undefined && "when" in definitions ? [definitions.when] : [];
}

function definitionFiles(name: string, { definitions }: StandInChart): Readonly<Record<string, string>> {
  if (definitions === undefined) return {};
  const keep = "keep" in definitions ? { "helm.sh/resource-policy": "keep" } : {};
  const found = chartDefinitions(name).map((definition): [string, string] => {
    const metadata = objectAt(definition, "metadata");
    const marked = {
      ...definition,
      metadata: {
        ...metadata,
        labels: { [standInMark]: `chart-${name}` },
        annotations: { ...objectAt(metadata, "annotations"), ...keep },
      },
    };
    return [String(metadata["name"]), JSON.stringify(marked)];
  });
  if ("folder" in definitions) {
    return Object.fromEntries(found.map(([file, text]) => [`crds/${file}.json`, text]));
  }
  // Read as a file, because what a definition says must not be taken for a template.
  const template = (file: string) => {
    const text = `{{ .Files.Get "definitions/${file}.json" }}\n`;
    return definitions.when === undefined
      ? text
      : `{{- if ${valueAt(definitions.when)} }}\n${text}{{- end }}\n`;
  };
  return Object.fromEntries(
    found.flatMap(([file, text]) => [
      [`definitions/${file}.json`, text],
      [`templates/definition-${file}.yaml`, template(file)],
    ]),
  );
}

function objectAt(parent: unknown, key: string): Readonly<Record<string, unknown>> {
  const value: unknown = typeof parent === "object" && parent !== null ? Reflect.get(parent, key) : undefined;
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function noStandIn(name: string) {
  return {
    rule: "stand-in-chart",
    at: { definition: `platform/${name}.ts` },
    what: `chart ${name} cannot be verified live: nothing stands in for it`,
    fix: `describe its workloads in scripts/stand-ins/charts/table.ts, as far as scheduling and rights see them`,
  };
}
