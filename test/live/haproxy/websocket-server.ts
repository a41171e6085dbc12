import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Stands for a pod of websocket-service: says its own name on every WebSocket, and that it is well. */
export interface WebsocketServer {
  readonly name: string;
  /** WebSockets that are open. */
  readonly open: () => number;
  /** Ends at once, with all its connections, as a pod that is killed. */
  kill: () => Promise<void>;
}

export async function startWebsocketServer(
  name: string,
  address: string,
  port: number,
): Promise<WebsocketServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/healthz" ? 200 : 404).end();
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  const upgraded = new Set<Socket>();
  server.on("upgrade", (request, socket: Socket) => {
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    socket.write(handshake(request.headers["sec-websocket-key"] ?? ""));
    socket.write(textFrame(name));
    // Whatever a client says after that is its farewell.
    socket.on("data", () => socket.end(closeFrame));
  });
  await listening(server, address, port);
  return {
    name,
    open: () => upgraded.size,
    kill: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
}

/** RFC 6455, 4.2.2: proof that the key was read. */
function handshake(key: string): string {
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  return [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
    "",
    "",
  ].join("\r\n");
}

/** One whole text of fewer than 126 bytes. */
function textFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, bytes.length]), bytes]);
}

/** An orderly end, code 1000. */
const closeFrame = Buffer.from([0x88, 2, 0x03, 0xe8]);
