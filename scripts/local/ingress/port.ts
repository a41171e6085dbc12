import { once } from "node:events";
import type { Server } from "node:http";
import { ProblemsError } from "../../../synth/model/problem.ts";
import { errorCode } from "../../tree/failure.ts";

/** Where URLs begin to look for a port: what people expect of a server that may not have 80. */
const firstPort = 8080;
/** Ports that are tried before somebody has to choose. */
const attempts = 20;

/** Ports to try: the one that was asked for, or those from 8080 on. */
export function portsToTry(asked: number | undefined): readonly number[] {
  return asked === undefined ? Array.from({ length: attempts }, (_, index) => firstPort + index) : [asked];
}

/**
 * Listens on the first of these ports of the loopback that is to be had.
 *
 * @throws ProblemsError if none is
 */
export async function portOf(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      if (typeof address === "object" && address !== null) return address.port;
    } catch (error) {
      const code = errorCode(error);
      if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    }
  }
  const [first] = ports;
  throw new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway up" },
      what:
        ports.length === 1
          ? `port ${first} is taken, or not open to you`
          : `no port from ${first} on is free`,
      fix: "name another one with --port, or leave it out for the next that is free",
    },
  ]);
}
