import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Contract } from "./contract.ts";

/** Answers a request and returns true, or leaves it to others. */
export type Respond = (request: IncomingMessage, response: ServerResponse) => boolean;

interface OpenPorts {
  /** Ends every connection, open streams too. */
  readonly close: () => void;
}

/**
 * Opens every port of a contract, and answers what its probes ask for. All TCP ports speak HTTP, also those whose real
 * program speaks something else: they accept connections, which is what a TCP probe wants.
 *
 * @param respond what the workload does beyond its contract, on its first port
 */
export async function openPorts(contract: Contract, host: string, respond: Respond): Promise<OpenPorts> {
  const closers = await Promise.all(
    contract.ports.map(({ number, protocol }, index) => {
      const beyond = index === 0 ? respond : () => false;
      return protocol === "UDP" ? openUdp(number, host) : openTcp(contract, number, host, beyond);
    }),
  );
  return { close: () => closers.forEach((close) => close()) };
}

async function openTcp(
  contract: Contract,
  port: number,
  host: string,
  respond: Respond,
): Promise<() => void> {
  const pages = new Set(contract.pages.filter((page) => page.port === port).map(({ path }) => path));
  const server = createServer((request, response) => {
    if (pages.has(request.url ?? "")) response.end("ok\n");
    else if (!respond(request, response)) introduce(contract, request, response);
  });
  server.listen(port, host);
  await once(server, "listening");
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

/** Says who answers, so that a person sees where an ingress led. */
function introduce({ workload }: Contract, request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = request.url === "/" ? 200 : 404;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  const text = `a mock of ${workload} answers`;
  response.end(request.url === "/" ? `${text}\n` : `${text}, and has no ${request.url}\n`);
}

async function openUdp(port: number, host: string): Promise<() => void> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  socket.bind(port, host);
  await once(socket, "listening");
  return () => socket.close();
}
