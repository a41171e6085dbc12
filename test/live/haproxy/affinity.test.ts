import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { exported } from "../../../apps/conversation-platform/exports.ts";
import { websocketProxy } from "../../../apps/conversation-platform/haproxy.ts";
import { freePorts } from "../../../scripts/process/free-ports.ts";
import { gatherInputs, loadFleet } from "../../../scripts/workspace.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import { synthesizeCluster } from "../../../synth/synthesize.ts";
import { parameters } from "../../apps/conversation-platform/rendered.ts";
import { connect, podOf } from "./client.ts";
import { startNameServer } from "./name-server.ts";
import { hasHaproxy, startProxy } from "./proxy.ts";
import { startWebsocketServer } from "./websocket-server.ts";
import type { WebsocketServer } from "./websocket-server.ts";

const environment = websocketProxy({ namespace: "conversation", parameters });
const addresses = ["127.0.0.21", "127.0.0.22", "127.0.0.23"];
const [first = "", second = "", third = ""] = addresses;
/** More than chance would send to one of three pods. */
const clients = Array.from({ length: 24 }, (_, index) => `198.51.100.${index + 1}`);

/** Three pods behind a proxy that finds them by name. */
async function platform() {
  const [port = 0] = await freePorts(1);
  const names = await startNameServer(environment.service);
  onTestFinished(names.close);
  const pods = new Map<string, WebsocketServer>();
  const start = async (address: string) => {
    pods.set(address, await startWebsocketServer(address, address, port));
  };
  onTestFinished(async () => void (await Promise.all([...pods.values()].map((pod) => pod.kill()))));
  for (const address of addresses) await start(address);
  names.answer(addresses);
  const proxy = await startProxy(environment, names.port, port);
  await proxy.untilUp(3);
  return { names, pods, proxy, start, kill: async (address: string) => pods.get(address)?.kill() };
}

/** Which pod each client is sent to. */
async function seats(url: string): Promise<ReadonlyMap<string, string>> {
  return new Map(
    await Promise.all(clients.map(async (client) => [client, await podOf(url, client)] as const)),
  );
}

/** Clients of a pod, by where they were. */
function at(places: ReadonlyMap<string, string>, pod: string): readonly string[] {
  return clients.filter((client) => places.get(client) === pod);
}

async function rendered() {
  const fleet = await loadFleet();
  const clusters = fleet.clusters.filter(({ name }) => name.startsWith("conversation-"));
  const inputs = await gatherInputs(fleet, clusters);
  return clusters.map((cluster) => {
    const { objects = [] } = synthesizeCluster(fleet, cluster, inputs).rendered ?? {};
    const found = objects.find(
      ({ object }) => object.kind === "ConfigMap" && object.metadata.name === "haproxy",
    );
    return [cluster.name, text(found?.object, "data", "haproxy.cfg") ?? ""] as const;
  });
}

describe.skipIf(!hasHaproxy)("HAProxy", () => {
  test("takes the configuration of each environment, without a warning", async () => {
    const configurations = await rendered();
    expect(configurations.map(([name]) => name)).toEqual([
      "conversation-dev",
      "conversation-staging",
      "conversation-prod",
    ]);
    const folder = mkdtempSync(join(tmpdir(), "haproxy-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, configuration] of configurations) {
      const file = join(folder, `${name}.cfg`);
      writeFileSync(file, configuration);
      const { status, stdout, stderr } = spawnSync("haproxy", ["-c", "-f", file], { encoding: "utf8" });
      expect({ name, status, said: `${stdout}${stderr}` }).toEqual({
        name,
        status: 0,
        said: expect.not.stringMatching(/WARNING|ALERT/),
      });
    }
  });

  test("keeps a client with its pod while another pod leaves and returns", async () => {
    const { names, proxy } = await platform();
    const before = await seats(proxy.url);
    expect(new Set(before.values())).toEqual(new Set(addresses));
    expect(await seats(proxy.url)).toEqual(before);

    const stayer = await connect(proxy.url, at(before, first)[0] ?? "");
    names.answer([first, third]);
    await proxy.untilUp(2);
    const meanwhile = await seats(proxy.url);
    for (const pod of [first, third]) {
      expect(at(meanwhile, pod)).toEqual(expect.arrayContaining([...at(before, pod)]));
    }
    expect(at(meanwhile, second)).toEqual([]);

    names.answer(addresses);
    await proxy.untilUp(3);
    // Those that had to move have a session where they are now: they stay there.
    expect(await seats(proxy.url)).toEqual(meanwhile);
    expect(stayer.isOpen()).toBe(true);
    await stayer.close();
  });

  test("lets WebSockets to a pod that leaves go on until they end by themselves", async () => {
    const { names, pods, proxy } = await platform();
    const before = await seats(proxy.url);
    const [address = ""] = at(before, second);
    const client = await connect(proxy.url, address);
    names.answer([first, third]);
    await proxy.untilUp(2);
    expect([client.isOpen(), pods.get(second)?.open()]).toEqual([true, 1]);
    expect(await podOf(proxy.url, address)).not.toBe(second);
    await client.close();
  });

  test("sends the clients of a pod that was killed to others, and says so to Prometheus", async () => {
    const { proxy, kill, start } = await platform();
    await seats(proxy.url);
    // Still among the addresses: its end is seen by asking for its health, and by connections that fail.
    await kill(second);
    const meanwhile = await seats(proxy.url);
    expect(at(meanwhile, second)).toEqual([]);
    await proxy.untilUp(2);
    expect(await proxy.metrics()).toMatch(
      /^haproxy_server_status\{proxy="websocket",[^}]*state="DOWN"\} 1$/m,
    );
    // What alerts, objectives and dashboards are made of, by the names and the label that they ask for.
    for (const name of exported.haproxy)
      expect(await proxy.metrics()).toMatch(new RegExp(`^${name}\\{proxy="websocket"`, "m"));
    await start(second);
    await proxy.untilUp(3);
    expect(await seats(proxy.url)).toEqual(meanwhile);
  });

  test("is unwell for the load balancer as long as there is no pod", async () => {
    const { proxy, kill, start } = await platform();
    expect(await proxy.health()).toBe(200);
    for (const address of addresses) await kill(address);
    await proxy.untilUp(0);
    expect(await proxy.health()).toBe(503);
    await start(third);
    await proxy.untilUp(1);
    expect([await proxy.health(), await podOf(proxy.url, "198.51.100.1")]).toEqual([200, third]);
  });
});
