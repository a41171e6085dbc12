import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reaperProgram } from "../../../apps/prompt2mesh-app/instances/reaper-program.ts";
import { reapInstances } from "../../../scripts/instances/operations.ts";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import type { KubernetesClient } from "../../../scripts/kubernetes/client.ts";
import { slipway } from "../../commands/slipway.ts";
import { eventually, skipReason, temporaryFolder } from "../control-plane/plane.ts";
import { instanceKind, namespace, startSetting } from "./setting.ts";
import type { Setting } from "./setting.ts";
import { startTamperingProxy } from "./tampering-proxy.ts";
import type { TamperingProxy } from "./tampering-proxy.ts";
import { instance, usersOf } from "./users.ts";
import type { Users } from "./users.ts";

const hour = 3_600_000;

let setting: Setting;
let backend: KubernetesClient;
let users: Users;
let proxy: TamperingProxy;
let reaper: ChildProcess;
let port: number;
let said = "";
const folder = temporaryFolder();

/** The command line as an operator has it, on the instances of dev. */
const instances = async (...args: readonly string[]) => {
  const where = ["--namespace", namespace, "--kubeconfig", setting.plane.kubeconfig];
  return slipway(["instances", ...args, ...where]);
};

const metric = async (name: string): Promise<number> => {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(page)?.[1]);
};

const isThere = async (user: string) => (await backend.get({ ...instanceKind, name: user })) !== undefined;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe.skipIf(skipReason("kro", "helm") !== undefined)("idle instances of users", () => {
  beforeAll(async () => {
    setting = await startSetting();
    const { plane } = setting;
    const account = (name: string) => plane.kubeconfigOf({ namespace: "prompt2mesh-dev", name });
    backend = await connectKubernetes(account("backend"));
    users = usersOf(setting, backend);
    proxy = await startTamperingProxy(account("instance-reaper"));
    port = await freePort();
    const program = join(folder.path, "reaper.mjs");
    writeFileSync(program, reaperProgram);
    writeFileSync(join(folder.path, "token"), "its-token\n");
    const path = `/apis/${instanceKind.apiVersion}/namespaces/${namespace}/userinstances`;
    reaper = spawn(process.execPath, [program], {
      env: {
        INSTANCES_URL: `${proxy.url}${path}`,
        ACCOUNT_FOLDER: folder.path,
        EVERY_SECONDS: "1",
        METRICS_PORT: String(port),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [reaper.stdout, reaper.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (said += text));
  });
  afterAll(async () => {
    reaper?.kill("SIGKILL");
    await proxy?.stop();
    backend?.close();
    await setting?.stop();
    folder.remove();
  });

  test("are listed with the time at which they may go", async () => {
    const made = await instances("create", "alice", "--size", "small", "--wait", "90", "--json");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const [alice] = JSON.parse(made.stdout);
    expect(alice).toMatchObject({ user: "alice", size: "small", state: "ACTIVE" });
    expect(alice.host).toBe("dev-user-alice.nonprod.prompt2mesh.example.com");
    expect(Date.parse(alice.idleAt) - Date.parse(alice.created)).toBe(30 * 60_000);
    expect((await instances("list")).stdout).toMatch(/^alice +ACTIVE +small +dev-user-alice\S+ +- +20/m);
  });

  test("stay while their time has not come", async () => {
    const before = await metric("user_instance_reaper_last_round_timestamp_seconds");
    await eventually(async () =>
      (await metric("user_instance_reaper_last_round_timestamp_seconds")) > before + 2 ? true : undefined,
    );
    expect(await isThere("alice")).toBe(true);
    expect(await metric("user_instances")).toBe(1);
    expect(await metric("user_instances_reaped_total")).toBe(0);
    expect((await instances("reap")).stdout).toBe("none is idle\n");
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test("are spared if their user comes back between the look and the deletion", async () => {
    await users.create(instance("bob", { size: "small", idleMinutes: 60 }));
    await eventually(() => users.isReady("bob"));
    const ahead = new Date(Date.now() + hour).toISOString().slice(0, 19);
    proxy.beforeDelete = async () => {
      await backend.mergePatch(
        { ...instanceKind, namespace, name: "alice" },
        { spec: { lastActivity: `${ahead}Z` } },
      );
    };
    proxy.ahead = hour - 60_000;
    await eventually(
      async () => ((await metric("user_instances_spared_total")) > 0 ? true : undefined),
      () => Promise.resolve(said),
    );
    expect(said).toContain("spared alice: it has changed meanwhile");
    expect(await metric("user_instances_reaped_total")).toBe(0);
    expect(await isThere("alice")).toBe(true);
  });

  test("are deleted with all they consist of once they are idle, and others are not", async () => {
    proxy.beforeDelete = () => Promise.resolve();
    // Alice was last seen in an hour; of bob nobody has heard since he came.
    proxy.ahead = hour + 60_000;
    await eventually(
      async () => ((await isThere("bob")) ? undefined : true),
      () => Promise.resolve(said),
    );
    await eventually(async () => ((await users.childrenOf("bob")).length === 0 ? true : undefined));
    expect(said).toContain("reaped bob");
    expect(await isThere("alice")).toBe(true);
    expect([...proxy.authorizations]).toEqual(["Bearer its-token"]);
    proxy.ahead = 0;
  });

  test("are touched by programs with nothing but the last activity, which does not become earlier", async () => {
    const alice = { ...instanceKind, namespace, name: "alice" };
    await expect(backend.mergePatch(alice, { spec: { size: "large" } })).rejects.toThrow(
      "programs change nothing but the last activity",
    );
    await expect(
      backend.mergePatch(alice, { spec: { lastActivity: "2020-01-01T00:00:00Z" } }),
    ).rejects.toThrow("does not become earlier");
    await users.create(instance("carol", { size: "small" }));
    const touched = await instances("touch", "carol", "--json");
    expect(Math.abs(Date.parse(JSON.parse(touched.stdout)[0].lastActivity) - Date.now())).toBeLessThan(
      60_000,
    );
  });

  test("are reaped by hand as well, as they were seen or not at all", async () => {
    const place = { client: setting.plane.client, namespace };
    const later = Date.now() + hour / 2 + 60_000;
    expect(await reapInstances(place, true, later)).toEqual([{ user: "carol", outcome: "would be reaped" }]);
    expect(await isThere("carol")).toBe(true);
    const [carol] = await setting.plane.client.list({
      ...instanceKind,
      namespace,
      fieldSelector: "metadata.name=carol",
    });
    await setting.plane.client.mergePatch(
      { ...instanceKind, namespace, name: "carol" },
      { metadata: { labels: { seen: "yes" } } },
    );
    if (carol === undefined) throw new Error("carol is gone");
    await expect(setting.plane.client.deleteSeen(carol)).rejects.toMatchObject({ reason: "Conflict" });
    expect(await reapInstances(place, false, later)).toEqual([{ user: "carol", outcome: "reaped" }]);
  });

  test("the reaper may list and delete instances there, and nothing else", async () => {
    const own = await connectKubernetes(
      setting.plane.kubeconfigOf({ namespace: "prompt2mesh-dev", name: "instance-reaper" }),
    );
    try {
      await expect(
        own.create({ ...instanceKind, metadata: { name: "dave", namespace }, spec: { user: "dave" } }),
      ).rejects.toMatchObject({ reason: "Forbidden" });
      await expect(own.list({ apiVersion: "v1", kind: "Pod", namespace })).rejects.toMatchObject({
        reason: "Forbidden",
      });
    } finally {
      own.close();
    }
  });

  test("what the command line is asked wrongly, it refuses with a way out", async () => {
    const refused = await instances("create", "../alice");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/✗ .*[\s\S]*fix/);
    expect((await instances("delete", "nobody")).stdout).toBe("nobody had none\n");
    const elsewhere = await slipway([
      "instances",
      "list",
      "--namespace",
      namespace,
      "--kubeconfig",
      join(folder.path, "no"),
    ]);
    expect(elsewhere).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("there is no such kubeconfig"),
    });
  });

  test("the reaper ends when it is told to", async () => {
    reaper.kill("SIGTERM");
    const [code] = await once(reaper, "exit");
    expect(code).toBe(0);
  });
});
