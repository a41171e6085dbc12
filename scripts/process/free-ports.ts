import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

/**
 * Ports on loopback that nobody listens on at the moment, all different. Somebody may take one before it is used: who
 * starts a program on one asks again when that fails.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === "string") return reject(new Error("no port"));
      resolve({ server, port: address.port });
    });
  });
}
