import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { redisFiles, redisUsers } from "../../../apps/conversation-platform/redis-users.ts";
import { setupScript } from "../../../apps/conversation-platform/redis-setup.ts";
import { redisConfig, startScript } from "../../../apps/conversation-platform/redis-settings.ts";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis)
  console.warn("skipped tests with Redis: there is no redis-server\n  fix  apt-get install redis-server");

const password = "0123456789abcdef";
const run = promisify(execFile);

/** Pods of the StatefulSet as processes: each with a name, a folder that stays and an address that does not. */
export class Nodes {
  readonly #folder: string;
  readonly #running = new Map<string, ChildProcess>();
  readonly #addresses = new Map<string, string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<Nodes> {
    const nodes = new Nodes(await mkdtemp(join(tmpdir(), "redis-cluster-")));
    onTestFinished(async () => {
      await nodes.killAll();
      await rm(nodes.#folder, { recursive: true });
    });
    // What the cluster's name server would answer, at the moment.
    const resolver = join(nodes.#folder, "getent");
    await writeFile(resolver, `#!/bin/sh\ngrep " $2$" ${join(nodes.#folder, "names")}\n`);
    await chmod(resolver, 0o755);
    return nodes;
  }

  /** Starts the node of that name as its pod would: from the app's own script and settings. */
  async start(name: string, address: string, all: readonly string[]): Promise<void> {
    const folder = join(this.#folder, name);
    await mkdir(folder, { recursive: true });
    this.#addresses.set(name, address);
    await this.#publishNames();
    for (const [file, template] of Object.entries(redisFiles)) {
      await writeFile(join(folder, file), template.replaceAll(/\{\{ ?\.\w+ ?\}\}/g, password));
    }
    const settings = redisConfig(512)
      .replaceAll("/etc/redis-secret", folder)
      .replace("dir /data", `dir ${folder}`);
    await writeFile(join(folder, "redis.conf"), `${settings}\nbind ${address}\n`);
    const script = startScript
      .replace("/etc/redis/redis.conf", join(folder, "redis.conf"))
      .replace("/data/", `${folder}/`);
    const child = spawn("sh", ["-c", script], {
      stdio: "ignore",
      env: { PATH: this.#path(), NODES: all.join(" "), POD_IP: address, ANNOUNCE_HOSTNAME: name },
    });
    this.#running.set(name, child);
  }

  /** Ends all at once, as nodes that lose power. */
  async killAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.kill(name)));
  }

  async kill(name: string): Promise<void> {
    const child = this.#running.get(name);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** Runs the job to its end, or to `milliseconds`, after which it is killed. */
  async setUp(names: readonly string[], shards: number, milliseconds = 60_000): Promise<void> {
    await run("sh", ["-c", setupScript], {
      timeout: milliseconds,
      killSignal: "SIGKILL",
      env: {
        PATH: this.#path(),
        NODES: names.map((name) => this.#addresses.get(name) ?? "").join(" "),
        SHARDS: String(shards),
        REDIS_USER: redisUsers.operator,
        REDISCLI_AUTH: password,
      },
    });
  }

  /** What a node answers. */
  async ask(name: string, ...command: readonly string[]): Promise<string> {
    const address = this.#addresses.get(name) ?? "";
    const login = ["--no-auth-warning", "--user", redisUsers.operator, "-c", "-h", address];
    const { stdout } = await run("redis-cli", [...login, ...command], {
      env: { PATH: process.env["PATH"] ?? "", REDISCLI_AUTH: password },
    });
    return stdout.trim();
  }

  #path(): string {
    return `${this.#folder}:${process.env["PATH"] ?? ""}`;
  }

  async #publishNames(): Promise<void> {
    const lines = [...this.#addresses].map(([name, address]) => `${address} ${name}\n`);
    await writeFile(join(this.#folder, "names"), lines.join(""));
  }
}
