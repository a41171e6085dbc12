import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sha256 } from "../../../scripts/charts/cache.ts";
import type { PackagedChart } from "./package-chart.ts";

export interface ChartServer {
  /** `127.0.0.1:<port>`: a chart repository at `http://`, a registry at `oci://`, with the charts below /charts. */
  readonly host: `127.0.0.1:${number}`;
  /** Paths that were asked for. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

interface Content {
  readonly type: string;
  readonly body: Buffer | string;
}

/** Serves charts from the loopback both ways: index and archives, and what of a registry a pull needs. */
export async function serveCharts(charts: readonly PackagedChart[]): Promise<ChartServer> {
  const contents = new Map<string, Content>([
    ["/charts/index.yaml", { type: "text/yaml", body: indexOf(charts) }],
    ["/v2/", { type: "application/json", body: "{}" }],
    ...charts.flatMap(repositoryContents),
    ...charts.flatMap(registryContents),
  ]);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const content = contents.get(path);
    response.statusCode = content === undefined ? 404 : 200;
    if (content !== undefined) {
      response.setHeader("content-type", content.type);
      response.setHeader("content-length", Buffer.byteLength(content.body));
      response.setHeader("docker-content-digest", sha256(content.body));
    }
    response.end(request.method === "HEAD" ? undefined : content?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${portOf(server.address())}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("the server listens on no port");
}

function indexOf(charts: readonly PackagedChart[]): string {
  const entries = Object.fromEntries(
    charts.map(({ name, digest }) => [
      name,
      [{ apiVersion: "v2", name, version: "1.0.0", digest: digest.slice(7), urls: [`${name}-1.0.0.tgz`] }],
    ]),
  );
  return JSON.stringify({ apiVersion: "v1", entries });
}

function repositoryContents({ name, archive }: PackagedChart): readonly [string, Content][] {
  return [[`/charts/${name}-1.0.0.tgz`, { type: "application/gzip", body: archive }]];
}

/** The parts of the OCI distribution protocol that read one artifact. */
function registryContents({ name, archive, digest }: PackagedChart): readonly [string, Content][] {
  const config = JSON.stringify({ name, version: "1.0.0", apiVersion: "v2" });
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
        digest,
        size: archive.length,
      },
    ],
  });
  return [
    [`/v2/charts/${name}/manifests/1.0.0`, { type: manifestType, body: manifest }],
    [`/v2/charts/${name}/manifests/${sha256(manifest)}`, { type: manifestType, body: manifest }],
    [`/v2/charts/${name}/blobs/${sha256(config)}`, blob(config)],
    [`/v2/charts/${name}/blobs/${digest}`, blob(archive)],
  ];
}

function blob(body: Buffer | string): Content {
  return { type: "application/octet-stream", body };
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";
