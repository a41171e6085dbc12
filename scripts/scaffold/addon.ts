import { addonPath } from "../../synth/model/paths.ts";
import { isExactVersion } from "../../synth/model/chart.ts";
import { withEntry, withImport } from "./insert.ts";
import { constantName, refusal } from "./name.ts";
import type { Scaffold } from "./scaffold.ts";

export const catalogPath = "platform/catalog.ts";

/** The values of an add-on's chart, as a type. */
export const valuesPath = (name: string): string => `platform/values/${name}.ts`;

/** A chart as `--chart` names it. */
export interface ChartReference {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/**
 * `https://charts.example.com/thing@1.2.3` as repository, name and version.
 *
 * @throws ProblemsError unless it names all three, and one exact version
 */
export function parseChart(text: string): ChartReference {
  const match = /^((?:https|oci):\/\/[^\s@"]+)\/([a-z0-9-]+)@([^\s@"]+)$/.exec(text);
  const [, repository, name, version] = match ?? [];
  if (repository === undefined || name === undefined || version === undefined || !isExactVersion(version)) {
    throw refusal(
      `${JSON.stringify(text)} is not a chart of one version`,
      "write it as https://charts.example.com/thing@1.2.3, or with oci://",
    );
  }
  return { repository, name, version };
}

/** An add-on for every cluster that is not on AWS, until its `wanted` says otherwise. */
export function addonScaffold(
  name: string,
  catalogSource: string,
  chart: ChartReference | undefined,
): Scaffold {
  const template = chart === undefined ? plainDefinition : chartDefinition(chart);
  const constant = constantName(name, "Addon", [catalogSource, template("", "")]);
  const path = addonPath(name);
  const imported = withImport(catalogSource, constant, `./${name}.ts`);
  return {
    files: [
      { path, content: template(name, constant) },
      ...(chart ? [{ path: valuesPath(name), content: valuesDefinition(name, chart) }] : []),
    ],
    edits: [
      {
        path: catalogPath,
        before: catalogSource,
        content: withEntry(catalogPath, imported, /^export const addons\b[^=\n]*= \[/, constant),
      },
    ],
    next: [
      `In ${path}, say which clusters want it: it runs on those that are not on AWS.`,
      ...(chart === undefined
        ? []
        : [
            `List every kind that the chart creates, since no other is let in: ${kindsCommand(chart)}`,
            `Type the values that you set in ${valuesPath(name)}.`,
          ]),
    ],
  };
}

const plainDefinition = (name: string, constant: string): string => `
import { config, defineAddon } from "#synth";

export const ${constant} = defineAddon({
  name: "${name}",
  description: "Settings that ${name} offers to the cluster",
  layer: "configuration",
  wanted: ({ provider }) => provider !== "eks",
  namespace: { name: "${name}" },
  render: (stage, { cluster }) => {
    config(stage, "${name}", { cluster: cluster.name });
  },
});
`;

/** Prints every kind that a chart creates with its own values. */
function kindsCommand({ repository, name, version }: ChartReference): string {
  const chart = repository.startsWith("oci:") ? `${repository}/${name}` : `${name} --repo ${repository}`;
  return `helm template ${chart} --version ${version} --include-crds | grep ^kind: | sort -u`;
}

/** `node-tuning` → `NodeTuningValues`. */
function valuesName(name: string): string {
  return `-${name}-values`.replace(/-+([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}

const valuesDefinition = (name: string, chart: ChartReference): string => `
/** Keys that we set of chart ${chart.name} ${chart.version}, none so far. A key that is not listed does not compile. */
export type ${valuesName(name)} = Readonly<Record<string, never>>;
`;

const chartDefinition =
  (chart: ChartReference) =>
  (name: string, constant: string): string =>
    `
import { defineAddon } from "#synth";
import type { ${valuesName(name)} } from "./values/${name}.ts";

export const ${constant} = defineAddon({
  name: "${name}",
  description: "Runs the chart ${chart.name}",
  layer: "controllers",
  wanted: ({ provider }) => provider !== "eks",
  namespace: { name: "${name}" },
  chart: {
    repository: "${chart.repository}",
    name: "${chart.name}",
    version: "${chart.version}",
    // Every kind that the chart creates, since the reconciler lets in no other. To see them:
    // ${kindsCommand(chart)}
    kinds: { cluster: [], namespaced: ["/ConfigMap", "/Service", "/ServiceAccount", "apps/Deployment"] },
    values: (): ${valuesName(name)} => ({}),
  },
});
`;
