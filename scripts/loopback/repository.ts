import { sha256 } from "../charts/cache.ts";
import type { Content } from "./content.ts";

/** A chart as its author would publish it. */
export interface PackagedChart {
  readonly name: string;
  readonly version: string;
  readonly archive: Buffer;
}

/** A chart repository below a path such as `/charts`, or the empty path: its index and its archives. */
export function repositoryContents(
  base: string,
  charts: readonly PackagedChart[],
): ReadonlyMap<string, Content> {
  const file = ({ name, version }: PackagedChart) => `${name}-${version}.tgz`;
  const entry = (chart: PackagedChart) => ({
    apiVersion: "v2",
    name: chart.name,
    version: chart.version,
    digest: sha256(chart.archive).slice("sha256:".length),
    urls: [file(chart)],
  });
  const entries = [...Map.groupBy(charts, ({ name }) => name)].map(([name, versions]) => [
    name,
    versions.map(entry),
  ]);
  const index = JSON.stringify({ apiVersion: "v1", entries: Object.fromEntries(entries) });
  return new Map([
    [`${base}/index.yaml`, { type: "text/yaml", body: index }],
    ...charts.map((chart): [string, Content] => [
      `${base}/${file(chart)}`,
      { type: "application/gzip", body: chart.archive },
    ]),
  ]);
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** The parts of the OCI distribution protocol that read artifacts below a path such as `/charts`. */
export function registryContents(
  base: string,
  charts: readonly PackagedChart[],
): ReadonlyMap<string, Content> {
  return new Map([
    ["/v2/", { type: "application/json", body: "{}" }],
    ...charts.flatMap((chart) => artifactContents(`/v2${base}/${chart.name}`, chart)),
    ...[...Map.groupBy(charts, ({ name }) => name)].map(([name, versions]) => tagsOf(base, name, versions)),
  ]);
}

function tagsOf(base: string, name: string, versions: readonly PackagedChart[]): [string, Content] {
  const tags = { name: `${base}/${name}`.slice(1), tags: versions.map(({ version }) => tagOf(version)) };
  return [`/v2${base}/${name}/tags/list`, { type: "application/json", body: JSON.stringify(tags) }];
}

/** Tags know no `+`, for which Helm writes `_`. */
function tagOf(version: string): string {
  return version.replace("+", "_");
}

function artifactContents(
  path: string,
  { name, version, archive }: PackagedChart,
): readonly [string, Content][] {
  const config = JSON.stringify({ name, version, apiVersion: "v2" });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: {
      mediaType: "application/vnd.cncf.helm.config.v1+json",
      digest: sha256(config),
      size: config.length,
    },
    layers: [
      {
        mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
        digest: sha256(archive),
        size: archive.length,
      },
    ],
  });
  return [
    [`${path}/manifests/${tagOf(version)}`, { type: manifestType, body: manifest }],
    [`${path}/manifests/${sha256(manifest)}`, { type: manifestType, body: manifest }],
    [`${path}/blobs/${sha256(config)}`, { type: "application/octet-stream", body: config }],
    [`${path}/blobs/${sha256(archive)}`, { type: "application/octet-stream", body: archive }],
  ];
}
