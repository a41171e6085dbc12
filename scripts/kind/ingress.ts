import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { IngressPorts } from "./configure.ts";

/** Whether the ingress controller answers on the machine's port; that it knows no such host is an answer, too. */
export function ingressAnswers({ http }: IngressPorts): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port: http, path: "/", timeout: 2_000 }, (response) => {
      response.resume();
      resolve(true);
    });
    // The engine accepts the connection before anybody listens behind it, and then ends it.
    request.once("error", () => resolve(false));
    request.once("timeout", () => request.destroy());
  });
}

/** Resolves with whether it answered in time. */
export async function waitForIngress(ports: IngressPorts, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await ingressAnswers(ports))) {
    if (Date.now() > deadline) return false;
    await sleep(1_000);
  }
  return true;
}

/** A host of the ingress as a browser on this machine reaches it: browsers take `*.localhost` for the loopback. */
export function ingressUrl(host: string, { http }: IngressPorts): string {
  return `http://${host}${http === 80 ? "" : `:${http}`}`;
}
