import type { Server } from "node:http";

/** Listens on a free port of the loopback, and says which. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("the server listens on no port");
}
