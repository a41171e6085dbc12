import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { portOf } from "./port.ts";

/** What is asked for. */
export interface Asked {
  /** Without port. */
  readonly host: string;
  /** Without query. */
  readonly path: string;
  /** Header of that name. */
  readonly cookie: string | undefined;
}

/** Where a request goes: a port of the loopback, with a cookie for the client, or why it goes nowhere. */
export type Target =
  | { readonly port: number; readonly setCookie?: string }
  | { readonly status: 404 | 503; readonly why: string };

export interface LocalIngress {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Answers on the loopback for hosts of a cluster, and hands each request to where `targetOf` says. Bodies and streams go
 * through as they come, upgrades to other protocols too.
 *
 * @param ports the first that is free is taken
 */
export async function serveIngress(
  targetOf: (asked: Asked) => Target,
  ports: readonly number[],
): Promise<LocalIngress> {
  const server = createServer((request, response) => {
    const target = targetIn(targetOf, request);
    if ("port" in target) passOn(request, response, target);
    else refuse(response, target.status, target.why);
  });
  const tunnels = new Set<Duplex>();
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = targetIn(targetOf, request);
    if (!("port" in target)) return void socket.end(`HTTP/1.1 ${target.status} ${target.why}\r\n\r\n`);
    for (const end of tunnel(request, socket, head, target.port)) {
      tunnels.add(end);
      end.on("close", () => tunnels.delete(end));
    }
  });
  const port = await portOf(server, ports);
  return {
    port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      for (const end of tunnels) end.destroy();
      await once(server, "close");
    },
  };
}

function targetIn(targetOf: (asked: Asked) => Target, request: IncomingMessage): Target {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  const [path = "/"] = (request.url ?? "/").split("?");
  return targetOf({ host, path, cookie: request.headers.cookie });
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${why}\n`);
}

type Passed = Extract<Target, { readonly port: number }>;

function passOn(request: IncomingMessage, response: ServerResponse, { port, setCookie }: Passed): void {
  const { method, url: path } = request;
  const asked = ask({ host: "127.0.0.1", port, method, path, headers: forwarded(request) }, (answer) => {
    const cookies = [
      ...(answer.headers["set-cookie"] ?? []),
      ...(setCookie === undefined ? [] : [setCookie]),
    ];
    response.writeHead(answer.statusCode ?? 502, {
      ...answer.headers,
      ...(cookies.length > 0 && { "set-cookie": cookies }),
    });
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  asked.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `what stands behind it does not answer: ${error.message}`);
  });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}

/** As ingress controllers tell it to what stands behind them. */
function forwarded({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  return {
    ...headers,
    "x-forwarded-for": socket.remoteAddress ?? "127.0.0.1",
    "x-forwarded-host": headers.host,
    "x-forwarded-proto": "http",
  };
}

/** The request as it came, and then whatever either end says. Returns both ends. */
function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): readonly Duplex[] {
  const behind = connect(port, "127.0.0.1", () => {
    const lines = request.rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [`${name}: ${request.rawHeaders[index + 1] ?? ""}`] : [],
    );
    behind.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    behind.write(head);
    socket.pipe(behind).pipe(socket);
  });
  behind.on("error", () => socket.destroy());
  socket.on("error", () => behind.destroy());
  socket.on("close", () => behind.destroy());
  return [socket, behind];
}
