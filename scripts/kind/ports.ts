import { connect } from "node:net";
import { freePorts } from "../process/free-ports.ts";
import type { IngressPorts } from "./configure.ts";

/**
 * Ports of this machine for the cluster's ingress: 80 and 443 where nobody listens there, so that URLs need no port;
 * else free ones.
 */
export async function chooseIngressPorts(): Promise<IngressPorts> {
  const [free = 0, freeToo = 0] = await freePorts(2);
  const [http, https] = await Promise.all([isTaken(80), isTaken(443)]);
  return { http: http ? free : 80, https: https ? freeToo : 443 };
}

/** Asked by connecting, since listening on a low port may be refused to us and not to the engine. */
function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once("connect", () => {
      resolve(true);
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}
