import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { haproxyConfig } from "../../../apps/conversation-platform/haproxy-config.ts";
import type { WebsocketProxy } from "../../../apps/conversation-platform/haproxy-config.ts";
import { freePorts } from "../../../scripts/process/free-ports.ts";

export const hasHaproxy = spawnSync("haproxy", ["-v"]).status === 0;

if (!hasHaproxy)
  console.warn("skipped tests with HAProxy: there is no haproxy\n  fix  apt-get install haproxy");

export interface Proxy {
  /** Where WebSockets are opened. */
  readonly url: string;
  /** Status of the path that the load balancer asks. */
  readonly health: () => Promise<number>;
  /** What Prometheus would read. */
  readonly metrics: () => Promise<string>;
  /** Waits until it counts so many servers as up, at most 20 seconds. */
  readonly untilUp: (count: number) => Promise<void>;
}

/** A real HAProxy with the configuration of an environment, moved to loopback. */
export async function startProxy(
  environment: WebsocketProxy,
  nameserver: number,
  port: number,
): Promise<Proxy> {
  const [http = 0, metrics = 0] = await freePorts(2);
  const folder = await mkdtemp(join(tmpdir(), "haproxy-"));
  const file = join(folder, "haproxy.cfg");
  const config = haproxyConfig({
    ...environment,
    listen: { http: `127.0.0.1:${http}`, metrics: `127.0.0.1:${metrics}` },
    nameserver: `127.0.0.1:${nameserver}`,
    port,
    // Each needs two files, and a developer's machine gives no hundred thousand.
    maxConnections: 1000,
  });
  await writeFile(file, config);
  const child = spawn("haproxy", ["-db", "-f", file], { stdio: "ignore" });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "close");
    }
    await rm(folder, { recursive: true });
  });
  const read = async () => (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
  await until("it answers", async () => (await read()) !== "");
  return {
    url: `ws://127.0.0.1:${http}/`,
    health: async () => (await fetch(`http://127.0.0.1:${http}${environment.healthPath}`)).status,
    metrics: read,
    untilUp: (count) => until(`${count} servers are up`, async () => serversUp(await read()) === count),
  };
}

function serversUp(metrics: string): number {
  return metrics.match(/^haproxy_server_status\{proxy="websocket",[^}]*state="UP"\} 1$/gm)?.length ?? 0;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(100)) {
    if (await isSo().catch(() => false)) return;
  }
  throw new Error(`HAProxy: not within 20 seconds: ${what}`);
}
