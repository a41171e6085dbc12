import { createServer } from "node:http";
import type { Server as TlsServer } from "node:https";
import type { Socket } from "node:net";
import { listen } from "./listen.ts";

/** Somewhere that a program wanted to go and dist does not name. */
export interface Refusal {
  /** `host:port`, or the address of a request without TLS. */
  readonly target: string;
  /** ISO 8601. */
  readonly time: string;
}

export interface Proxy {
  readonly url: `http://127.0.0.1:${number}`;
  readonly stop: () => Promise<void>;
}

/** Longer names are no hosts (RFC 1035), and would only fill the log. */
const longestTarget = 260;

/** A proxy whose every tunnel ends at `endpoint`, for the hosts that it may go to; all else is refused. */
export async function startProxy(
  endpoint: TlsServer,
  mayReach: (target: string) => boolean,
  onRefusal: (refusal: Refusal) => void,
): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const refuse = (target: string) =>
    onRefusal({ target: target.slice(0, longestTarget), time: new Date().toISOString() });
  const server = createServer((request, response) => {
    refuse(request.url ?? "");
    response.writeHead(403).end("dist names nothing that is reached without TLS\n");
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket: Socket, head: Buffer) => {
    const target = (request.url ?? "").toLowerCase();
    if (!mayReach(target)) {
      refuse(target);
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    endpoint.emit("connection", socket);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
