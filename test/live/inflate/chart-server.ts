import { createServer } from "node:http";
import { answer } from "../../../scripts/loopback/content.ts";
import { listen } from "../../../scripts/loopback/listen.ts";
import { registryContents, repositoryContents } from "../../../scripts/loopback/repository.ts";
import type { PackagedChart } from "./package-chart.ts";

export interface ChartServer {
  /** `127.0.0.1:<port>`: a chart repository at `http://`, a registry at `oci://`, with the charts below /charts. */
  readonly host: `127.0.0.1:${number}`;
  /** Paths that were asked for. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** Serves charts from the loopback both ways, without TLS. */
export async function serveCharts(charts: readonly PackagedChart[]): Promise<ChartServer> {
  const contents = new Map([
    ...repositoryContents("/charts", charts),
    ...registryContents("/charts", charts),
  ]);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    answer(request, response, contents.get(path));
  });
  const port = await listen(server);
  return {
    host: `127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
