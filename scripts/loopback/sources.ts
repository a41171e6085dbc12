import { isChartLocation, isExactVersion } from "../../synth/model/chart.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { field, list, text } from "../../synth/objects/json-fields.ts";

/** A chart that dist names, at the repository that it names it at. */
export interface ChartSource {
  /** `https://…` or `oci://…`, without the chart's name and without a slash at the end. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** Everything outside the cluster that its reconciler is told to fetch. */
export interface OutsideSources {
  readonly repositories: readonly string[];
  readonly charts: readonly ChartSource[];
}

/**
 * What these objects of a rendered cluster make its reconciler fetch.
 *
 * @throws ProblemsError for what is no chart or no git repository that may be asked for
 */
export function outsideSources(objects: readonly unknown[]): OutsideSources {
  const found = objects.flatMap((object) => sourcesOf(object, objects));
  const repositories = found.flatMap(({ git }) => (git === undefined ? [] : [git]));
  const charts = found.flatMap(({ chart }) => (chart === undefined ? [] : [chart]));
  const problems = [
    ...repositories.filter((url) => !isRepository(url)).map((url) => unknownSource("git repository", url)),
    ...charts
      .filter((chart) => !isChart(chart))
      .map((chart) => unknownSource("chart", JSON.stringify(chart))),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
  const distinct = new Map(charts.map((chart) => [JSON.stringify(chart), chart]));
  return { repositories: [...new Set(repositories)], charts: [...distinct.values()] };
}

interface Source {
  readonly git?: string;
  readonly chart?: ChartSource;
}

function sourcesOf(object: unknown, all: readonly unknown[]): readonly Source[] {
  switch (text(object, "kind")) {
    case "Application":
      return [field(object, "spec", "source"), ...list(object, "spec", "sources")]
        .filter((source) => source !== undefined)
        .map(applicationSource);
    case "GitRepository":
      return [{ git: text(object, "spec", "url") ?? "" }];
    case "OCIRepository":
      return [{ chart: ociChart(object) }];
    case "HelmRelease":
      return field(object, "spec", "chart") === undefined ? [] : [{ chart: releasedChart(object, all) }];
    default:
      return [];
  }
}

/** Argo CD writes a registry without its scheme. */
function applicationSource(source: unknown): Source {
  const url = text(source, "repoURL") ?? "";
  const name = text(source, "chart");
  if (name === undefined) return { git: url };
  const repository = url.includes("://") ? url : `oci://${url}`;
  return { chart: chartAt(repository, name, text(source, "targetRevision")) };
}

function ociChart(object: unknown): ChartSource {
  const url = text(object, "spec", "url") ?? "";
  const end = url.lastIndexOf("/");
  return chartAt(url.slice(0, end), url.slice(end + 1), text(object, "spec", "ref", "tag"));
}

function releasedChart(release: unknown, all: readonly unknown[]): ChartSource {
  const reference = field(release, "spec", "chart", "spec", "sourceRef");
  const repository = all.find(
    (object) =>
      text(object, "kind") === text(reference, "kind") &&
      text(object, "metadata", "name") === text(reference, "name"),
  );
  const chart = field(release, "spec", "chart", "spec");
  return chartAt(text(repository, "spec", "url") ?? "", text(chart, "chart") ?? "", text(chart, "version"));
}

function chartAt(repository: string, name: string, version: string | undefined): ChartSource {
  return { repository: repository.replace(/\/$/, ""), name, version: version ?? "" };
}

function isRepository(url: string): boolean {
  return /^https:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[\w.~-]+)+$/.test(url);
}

function isChart({ repository, name, version }: ChartSource): boolean {
  if (!/^(?:https|oci):/.test(repository) || !isExactVersion(version)) return false;
  return isChartLocation({ repository: asLocation(repository), name });
}

/** The form that the model gives it, which {@link isChartLocation} then proves. */
function asLocation(repository: string): `oci://${string}` | `https://${string}` {
  const rest = repository.slice(repository.indexOf("://") + "://".length);
  return repository.startsWith("oci:") ? `oci://${rest}` : `https://${rest}`;
}

function unknownSource(what: string, name: string): Problem {
  return {
    rule: "loopback-source",
    at: { definition: "dist" },
    what: `${name.replace(/\/\/[^/]*@/, "//…@").slice(0, 200)} is no ${what} that a reconciler can be given here`,
    fix: "run npm run synth, which writes https:// and oci:// sources with exact versions",
  };
}
