import { request as forward } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { makeCertificate } from "./certificate.ts";
import { answer } from "./content.ts";
import type { Content } from "./content.ts";
import { startProxy } from "./proxy.ts";
import type { Refusal } from "./proxy.ts";
import { registryContents, repositoryContents } from "./repository.ts";
import type { PackagedChart } from "./repository.ts";
import { outsideSources } from "./sources.ts";
import type { ChartSource } from "./sources.ts";

export interface LoopbackOptions {
  /** State folder of the cluster; the certificate comes to stand in it. */
  readonly folder: string;
  /** Parsed objects of dist/<cluster>, of every revision that is going to be reconciled. */
  readonly objects: readonly unknown[];
  /** Where the repository that dist names is served from, such as `http://127.0.0.1:41234/slipway.git`. */
  readonly git: string;
  /** Makes a chart that dist names. */
  readonly packageChart: (chart: ChartSource) => Promise<PackagedChart>;
}

/** The internet as far as dist names it, on the loopback. */
export interface Loopback {
  readonly proxyUrl: string;
  readonly certificatePath: string;
  /** What a reconciler has to find in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
  readonly charts: readonly ChartSource[];
  /** What was asked for that dist does not name. */
  readonly refusals: readonly Refusal[];
  readonly stop: () => Promise<void>;
}

/**
 * Answers for the hosts that dist names, and for no other, so that dist is reconciled byte for byte without a network.
 *
 * @throws ProblemsError if dist names what cannot be served, or no certificate can be made
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { repositories, charts } = outsideSources(options.objects);
  const contents = await chartContents(charts, options.packageChart);
  const targets = new Set([...repositories, ...charts.map(({ repository }) => repository)].map(targetOf));
  const hosts = [
    ...new Set([...targets].map((target) => target.slice(0, target.lastIndexOf(":")))),
  ].toSorted();
  const { path, certificate, key } = await makeCertificate(options.folder, hosts);
  const endpoint = createServer({ cert: certificate, key }, (request, response) => {
    const address = `${request.headers.host ?? ""}${request.url ?? ""}`;
    const local = repositories
      .map((url) => localAddress(url, options.git, address))
      .find((found) => found !== undefined);
    if (local !== undefined) passOn(request, response, local);
    else answer(request, response, contents.get(address));
  });
  endpoint.on("tlsClientError", (_error, socket) => socket.destroy());
  const refusals: Refusal[] = [];
  const proxy = await startProxy(
    endpoint,
    (target) => targets.has(target),
    (refusal) => refusals.push(refusal),
  );
  return {
    proxyUrl: proxy.url,
    certificatePath: path,
    environment: environmentFor(proxy.url, path),
    hosts,
    charts,
    refusals,
    stop: () => proxy.stop(),
  };
}

/** Programs of different make read different names; Go leaves the loopback out by itself, others by NO_PROXY. */
function environmentFor(proxy: string, certificate: string): Readonly<Record<string, string>> {
  return {
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    NO_PROXY: "127.0.0.1,localhost",
    https_proxy: proxy,
    http_proxy: proxy,
    no_proxy: "127.0.0.1,localhost",
    SSL_CERT_FILE: certificate,
    GIT_SSL_CAINFO: certificate,
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** `host:port` as a tunnel is asked for. */
function targetOf(url: string): string {
  const { hostname, port } = new URL(url.replace(/^oci:/, "https:"));
  return `${hostname}:${port === "" ? "443" : port}`;
}

/** Everything of every chart repository, by host and path. */
async function chartContents(
  charts: readonly ChartSource[],
  packageChart: LoopbackOptions["packageChart"],
): Promise<ReadonlyMap<string, Content>> {
  const contents = new Map<string, Content>();
  for (const [repository, members] of Map.groupBy(charts, (chart) => chart.repository)) {
    const packaged: PackagedChart[] = [];
    for (const chart of members) packaged.push(await packageChart(chart));
    const { host, pathname } = new URL(repository.replace(/^oci:/, "https:"));
    const base = pathname.replace(/\/$/, "");
    const served = repository.startsWith("oci:") ? registryContents : repositoryContents;
    for (const [path, content] of served(base, packaged)) contents.set(`${host}${path}`, content);
  }
  return contents;
}

/** Where a request for something of the repository `url` is answered; undefined for any other. */
function localAddress(url: string, git: string, address: string): string | undefined {
  const outside = url.slice("https://".length);
  const found = [`${outside}/`, `${outside.replace(/\.git$/, "")}/`].find((start) =>
    address.startsWith(start),
  );
  return found === undefined ? undefined : `${git.replace(/\/$/, "")}/${address.slice(found.length)}`;
}

function passOn(request: IncomingMessage, response: ServerResponse, address: string): void {
  const { host: _outside, ...headers } = request.headers;
  const asked = forward(address, { method: request.method, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  asked.on("error", (error) => {
    if (!response.headersSent) response.writeHead(502, { "content-type": "text/plain" });
    response.end(`the loopback git server does not answer: ${error.message}\n`);
  });
  request.pipe(asked);
}
