import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

if (!hasRedis)
  console.warn("skipped tests with Redis: there is no redis-server\n  fix  apt-get install redis-server");

export interface RedisServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Again on the same address and port. */
  readonly start: () => Promise<void>;
}

/** A Redis of this test's own, with a password, and nothing written to disk. */
export async function startRedis(host: string): Promise<RedisServer> {
  const port = 6379;
  const password = "pa ss/word";
  let child: ReturnType<typeof spawn> | undefined;
  const stop = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "close");
  };
  const start = async () => {
    const args = ["--bind", host, "--port", `${port}`, "--save", "", "--requirepass", password];
    child = spawn("redis-server", args, { stdio: "ignore" });
    while (!(await accepts(host, port))) await pause(20);
  };
  onTestFinished(stop);
  await start();
  return { url: `redis://:${encodeURIComponent(password)}@${host}:${port}/0`, stop, start };
}

async function accepts(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
