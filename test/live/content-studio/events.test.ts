import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fleetContracts, mounted, ownAddress, startMock, temporaryFolder } from "../../mock-workload/mock.ts";
import { stringMap } from "../../../synth/objects/json-fields.ts";
import { hasRedis } from "../mock-workload/redis-server.ts";
import { committed, containerOf } from "./pod.ts";

const password = "aPasswordOfNobody";

/** The templates of dev's Secret, filled as External Secrets does. */
function secretOfRedis(host: string): Readonly<Record<string, string>> {
  const templates = stringMap(
    committed("1-data/ExternalSecret.redis.yaml"),
    "spec",
    "target",
    "template",
    "data",
  );
  return Object.fromEntries(
    Object.entries(templates).map(([key, template]) => [
      key,
      template.replaceAll(/\{\{ \.password(?: \| urlquery)? \}\}/g, password).replace("@redis:", `@${host}:`),
    ]),
  );
}

/** A real Redis with dev's own settings and users. */
async function startRendered(host: string, secret: Readonly<Record<string, string>>): Promise<void> {
  const folder = temporaryFolder();
  const users = join(folder, "users.acl");
  writeFileSync(users, secret["users.acl"] ?? "");
  const settings = stringMap(committed("1-data/ConfigMap.redis-settings.yaml"), "data")["redis.conf"] ?? "";
  const file = join(folder, "redis.conf");
  writeFileSync(file, settings.replace("/etc/redis-users/users.acl", users));
  const child = spawn("redis-server", [file, "--bind", host], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let said = "";
  child.stdout.on("data", (bytes) => (said += String(bytes)));
  await expect.poll(() => said).toContain("Ready to accept connections");
}

const contracts = await fleetContracts((name) => name === "content-studio");

async function startReplica(host: string, secret: Readonly<Record<string, string>>) {
  const { contract } = contracts.get("content-studio: content-studio-server content-studio-server") ?? {};
  if (contract === undefined) throw new Error("dev has no server");
  const { args, environment } = containerOf("content-studio-server", {
    secret: (name, key) => (name === "redis" ? (secret[key] ?? "") : `value of ${key}`),
    field: (path) => `value of ${path}`,
  });
  expect(args).toEqual(["--mode=server"]);
  const mock = startMock(contract, { ...environment, MOCK_HOST: host, MOCK_ROOT: mounted(contract) });
  await mock.says(/^listens on 3000 http$/m);
  await mock.says(/^redis: subscribed/m);
  const events = `http://${host}:3000/events`;
  return {
    publish: async (event: string) => (await fetch(events, { method: "POST", body: event })).status,
    listen: async () => {
      const client = new AbortController();
      onTestFinished(() => client.abort());
      const { body } = await fetch(events, { signal: client.signal });
      let received = "";
      void (async () => {
        for await (const chunk of body ?? []) received += Buffer.from(chunk).toString();
      })().catch(() => {});
      await expect.poll(() => received).toContain(": listening");
      return () => received;
    },
  };
}

function redisCli(host: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync("redis-cli", ["-h", host, "--no-auth-warning", ...args], {
    encoding: "utf8",
  });
  return stdout + stderr;
}

describe.skipIf(!hasRedis)("Content Studio's dev, as committed, with a real Redis", () => {
  test("an event published at one replica reaches a browser at the other", async () => {
    const host = ownAddress();
    const secret = secretOfRedis(host);
    await startRendered(host, secret);
    const one = await startReplica(ownAddress(), secret);
    const other = await startReplica(ownAddress(), secret);
    const received = await other.listen();
    expect(await one.publish("podcast 7 is ready")).toBe(202);
    await expect.poll(received).toContain("data: podcast 7 is ready\n\n");
  });

  test("Redis lets nobody in without the password, and its user only publish and subscribe", async () => {
    const host = ownAddress();
    await startRendered(host, secretOfRedis(host));
    expect(redisCli(host, "PING")).toContain("NOAUTH");
    const user = ["--user", "studio", "--pass", password];
    expect(redisCli(host, ...user, "PING")).toBe("PONG\n");
    expect(redisCli(host, ...user, "PUBLISH", "content-studio:events", "hello")).toBe("0\n");
    for (const command of [
      ["SET", "key", "value"],
      ["CONFIG", "GET", "*"],
      ["FLUSHALL"],
      ["CLIENT", "KILL", "TYPE", "normal"],
      ["PUBLISH", "elsewhere", "hello"],
    ]) {
      expect(redisCli(host, ...user, ...command), command.join(" ")).toContain("NOPERM");
    }
  });
});
