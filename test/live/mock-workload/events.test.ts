import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Contract } from "../../../scripts/mock-workload/program/contract.ts";
import { ownAddress, startMock } from "../../mock-workload/mock.ts";
import { hasRedis, startRedis } from "./redis-server.ts";

/** Content Studio's one image, in both of its modes. */
function studio(mode: "server" | "worker"): Contract {
  return {
    workload: `content-studio-${mode}`,
    container: mode,
    args: [`--mode=${mode}`],
    runs: "always",
    ports: mode === "server" ? [{ name: "http", number: 3000, protocol: "TCP" }] : [],
    pages: mode === "server" ? [{ port: 3000, path: "/healthcheck" }] : [],
    variables: [{ name: "SSE_ADAPTER", from: "ConfigMap content-studio-server", secret: false }],
    mounts: [],
  };
}

interface Replica {
  readonly mock: ReturnType<typeof startMock>;
  readonly publish: (event: string) => Promise<number>;
  /** What has reached a client that listens from now on. */
  readonly listen: () => Promise<() => string>;
}

async function startReplica(environment: Readonly<Record<string, string>>): Promise<Replica> {
  const host = ownAddress();
  const mock = startMock(studio("server"), { ...environment, MOCK_HOST: host });
  await mock.says(/^listens on 3000 http$/m);
  if (environment["SSE_ADAPTER"] === "redis") await mock.says(/^redis: subscribed/m);
  const events = `http://${host}:3000/events`;
  return {
    mock,
    publish: async (event) => (await fetch(events, { method: "POST", body: event })).status,
    listen: async () => {
      const client = new AbortController();
      onTestFinished(() => client.abort());
      const { body, headers } = await fetch(events, { signal: client.signal });
      expect(headers.get("content-type")).toBe("text/event-stream");
      let received = "";
      void (async () => {
        for await (const chunk of body ?? []) received += Buffer.from(chunk).toString();
      })().catch(() => {});
      await expect.poll(() => received).toContain(": listening");
      return () => received;
    },
  };
}

describe("an event published at one replica", () => {
  test.skipIf(!hasRedis)("reaches a client of the other through Redis", async () => {
    const redis = await startRedis(ownAddress());
    const environment = { SSE_ADAPTER: "redis", REDIS_URL: redis.url };
    const [one, other] = await Promise.all([startReplica(environment), startReplica(environment)]);
    const [atOne, atOther] = await Promise.all([one.listen(), other.listen()]);
    expect(await one.publish("first line\nsecond line")).toBe(202);
    const message = "data: first line\ndata: second line\n\n";
    await expect.poll(atOther).toContain(message);
    await expect.poll(atOne).toContain(message);
    expect(one.mock.output() + other.mock.output()).not.toContain("pa%20ss");
  });

  test("does not with the memory adapter", async () => {
    const [one, other] = await Promise.all([
      startReplica({ SSE_ADAPTER: "memory" }),
      startReplica({ SSE_ADAPTER: "memory" }),
    ]);
    const [atOne, atOther] = await Promise.all([one.listen(), other.listen()]);
    expect(await one.publish("to one")).toBe(202);
    await expect.poll(atOne).toContain("data: to one\n\n");
    // Its own shows that it listens, and comes after what would have come from the first.
    expect(await other.publish("to the other")).toBe(202);
    await expect.poll(atOther).toContain("data: to the other\n\n");
    await pause(200);
    expect(atOther()).not.toContain("to one");
  });

  test.skipIf(!hasRedis)("is refused while Redis is gone, and passes again once it is back", async () => {
    const redis = await startRedis(ownAddress());
    const environment = { SSE_ADAPTER: "redis", REDIS_URL: redis.url };
    const [one, other] = await Promise.all([startReplica(environment), startReplica(environment)]);
    const atOther = await other.listen();
    await redis.stop();
    await one.mock.says(/^redis is gone, trying again: /m);
    expect(await one.publish("lost")).toBe(503);
    await redis.start();
    // The client's own connection has been there all the time.
    await expect.poll(() => one.publish("found"), { timeout: 10_000 }).toBe(202);
    await expect
      .poll(() => other.mock.output().split("redis: subscribed").length, { timeout: 10_000 })
      .toBe(3);
    expect(await one.publish("after all")).toBe(202);
    await expect.poll(atOther).toContain("data: after all\n\n");
    expect(atOther()).not.toContain("lost");
  });
});

describe("a worker", () => {
  test.skipIf(!hasRedis)("opens no port, and tells of its jobs through Redis", async () => {
    const redis = await startRedis(ownAddress());
    const environment = { SSE_ADAPTER: "redis", REDIS_URL: redis.url };
    const server = await startReplica(environment);
    const received = await server.listen();
    const worker = startMock(studio("worker"), {
      ...environment,
      HOSTNAME: "content-studio-worker-1",
      MOCK_JOB_SECONDS: "0.1",
    });
    await worker.says(/^works, without a port$/m);
    await expect.poll(received).toContain('data: {"worker":"content-studio-worker-1","job":');
    expect(await worker.stop()).toBe(0);
  });
});

describe("a replica fails at its start", () => {
  test.each([
    ["SSE_ADAPTER is neither", { SSE_ADAPTER: "kafka" }, 'SSE_ADAPTER is "kafka": set it to memory or redis'],
    ["Redis' address is missing", { SSE_ADAPTER: "redis" }, "SSE_ADAPTER is redis, and REDIS_URL is not set"],
    [
      "Redis would be asked over TLS",
      { SSE_ADAPTER: "redis", REDIS_URL: "rediss://redis:6379" },
      "a mock speaks redis:, not rediss:",
    ],
  ])("where %s", async (_case, environment, message) => {
    const mock = startMock(studio("server"), { ...environment, MOCK_HOST: ownAddress() });
    expect(await mock.ended).toBe(1);
    expect(mock.output()).toContain(`fails: ${message}\n`);
  });
});
