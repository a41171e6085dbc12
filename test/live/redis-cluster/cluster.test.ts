import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { hasRedis, Nodes } from "./nodes.ts";

const six = ["redis-0", "redis-1", "redis-2", "redis-3", "redis-4", "redis-5"];
const eight = [...six, "redis-6", "redis-7"];

/** Addresses are pods': `generation` changes all of them. */
async function start(nodes: Nodes, names: readonly string[], all: readonly string[], generation = 1) {
  for (const name of names) await nodes.start(name, `127.0.${generation}.${10 + Number(name.at(-1))}`, all);
}

async function info(nodes: Nodes, name: string): Promise<Readonly<Record<string, string>>> {
  const text = await nodes.ask(name, "cluster", "info");
  return Object.fromEntries(text.split(/\r?\n/).map((line) => line.split(":")));
}

/** Masters with slots, and how many copies each has. */
async function copies(nodes: Nodes): Promise<readonly number[]> {
  const lines = (await nodes.ask("redis-0", "cluster", "nodes")).split("\n").map((line) => line.split(" "));
  const masters = lines.filter((fields) => fields.length > 8).map(([id]) => id);
  return masters.map((id) => lines.filter((fields) => fields[3] === id).length);
}

async function untilOk(nodes: Nodes, names: readonly string[]): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(250)) {
    const states = await Promise.all(names.map((name) => info(nodes, name).catch(() => undefined)));
    if (states.every((state) => state?.["cluster_state"] === "ok")) return;
  }
  throw new Error("the cluster is not whole within a minute");
}

async function writeKeys(nodes: Nodes, count: number): Promise<void> {
  for (let key = 0; key < count; key += 1) await nodes.ask("redis-0", "set", `key-${key}`, `${key}`);
}

async function readKeys(nodes: Nodes, count: number): Promise<readonly string[]> {
  const values: string[] = [];
  for (let key = 0; key < count; key += 1) values.push(await nodes.ask("redis-1", "get", `key-${key}`));
  return values;
}

/** All keys are there; asked as clients do, which ask again while a copy takes over from a node that was away. */
async function keepsKeys(nodes: Nodes, count: number): Promise<void> {
  await expect.poll(() => readKeys(nodes, count), { timeout: 30_000, interval: 500 }).toEqual(numbers(count));
}

const numbers = (count: number) => Array.from({ length: count }, (_, key) => `${key}`);

describe.skipIf(!hasRedis)("Redis", () => {
  test("becomes one cluster of three shards with a copy each, and the job may run again", async () => {
    const nodes = await Nodes.make();
    await start(nodes, six, six);
    await nodes.setUp(six, 3);
    await nodes.setUp(six, 3);
    await untilOk(nodes, six);
    expect(await copies(nodes)).toEqual([1, 1, 1]);
    expect(await info(nodes, "redis-5")).toMatchObject({
      cluster_slots_assigned: "16384",
      cluster_size: "3",
    });
  });

  test("goes on where a killed job stopped", async () => {
    const nodes = await Nodes.make();
    await start(nodes, six, six);
    for (const milliseconds of [400, 700, 1100, 1600]) {
      await nodes.setUp(six, 3, milliseconds).catch(() => undefined);
    }
    await nodes.setUp(six, 3);
    expect(await copies(nodes)).toEqual([1, 1, 1]);
  });

  test("finds itself again, keys and all, when every node comes back at another address", async () => {
    const nodes = await Nodes.make();
    await start(nodes, six, six);
    await nodes.setUp(six, 3);
    await writeKeys(nodes, 20);
    // Within a second writes are on disk.
    await pause(1500);
    await nodes.killAll();
    await start(nodes, six, six, 2);
    await untilOk(nodes, six);
    await keepsKeys(nodes, 20);
  });

  test("spreads its keys over a shard more, and loses none", async () => {
    const nodes = await Nodes.make();
    await start(nodes, six, six);
    await nodes.setUp(six, 3);
    await writeKeys(nodes, 20);
    await start(nodes, ["redis-6", "redis-7"], eight);
    await nodes.setUp(eight, 4);
    await untilOk(nodes, eight);
    expect(await copies(nodes)).toEqual([1, 1, 1, 1]);
    await keepsKeys(nodes, 20);
  });

  test("is a cluster of one node, where there is no more", async () => {
    const nodes = await Nodes.make();
    await start(nodes, ["redis-0"], ["redis-0"]);
    await nodes.setUp(["redis-0"], 1);
    await untilOk(nodes, ["redis-0"]);
    expect(await nodes.ask("redis-0", "set", "key", "1")).toBe("OK");
  });

  test("takes no node away on its own", async () => {
    const nodes = await Nodes.make();
    await start(nodes, six, six);
    await nodes.setUp(six, 3);
    await expect(nodes.setUp(six.slice(0, 3), 3)).rejects.toThrow("take nodes away as the runbook says");
  });
});
