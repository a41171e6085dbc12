import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import { isAlive } from "../../../scripts/process/identity.ts";
import { recordedProcesses } from "../../../scripts/process/record.ts";
import { field, list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { copyRepository } from "../../commands/slipway.ts";
import { eventually, skipReason } from "./plane.ts";

const copy = copyRepository();
const clusters = join(copy.root, ".slipway/clusters");
const folderOf = (name: string) => join(clusters, name);
const processesOf = (name: string) =>
  [folderOf(name), join(folderOf(name), "site")].flatMap(recordedProcesses);
const clientOf = (name: string) => connectKubernetes(join(folderOf(name), "kubeconfig"));
const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine", namespace: "default" } };

const priorityClass = {
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  name: "platform-critical",
};
const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" };

/** What Argo CD says of each, for people. */
function applicationsOf(objects: readonly KubernetesObject[]): string {
  const said = objects.map((object) => {
    const operation = field(object, "status", "operationState");
    const conditions = list(object, "status", "conditions").map((each) => text(each, "message"));
    const state = [text(object, "status", "sync", "status"), text(object, "status", "health", "status")];
    const all = [...state, text(operation, "phase"), text(operation, "message"), ...conditions];
    return `${object.metadata.name}: ${all.filter((each) => each !== undefined).join(", ")}`;
  });
  return said.length === 0 ? "no Application" : said.join("; ");
}

const tools = ["argocd", "helm", "kustomize-controller", "source-controller"] as const;

describe.skipIf(skipReason(...tools) !== undefined)("slipway cluster", { timeout: 300_000 }, () => {
  afterAll(async () => {
    for (const name of existsSync(clusters) ? readdirSync(clusters) : [])
      await copy.slipway("cluster", "down", name);
  });

  test("refuses what it does not know before it starts anything", async () => {
    expect((await copy.slipway("cluster", "up", "locl")).stderr).toContain("did you mean local");
    expect((await copy.slipway("cluster", "up", "local", "--name", "../up")).stderr).toContain("cannot be");
    expect((await copy.slipway("cluster", "down", "locl")).status).toBe(1);
    expect(existsSync(clusters)).toBe(false);
    expect(await copy.slipway("cluster", "status")).toMatchObject({
      status: 0,
      stdout: "no cluster runs on this machine\n",
    });
  });

  test("brings a cluster up with its nodes, its reconciler and its dist", async () => {
    const { status, stdout, stderr } = await copy.slipway("cluster", "up", "local");
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("nodes are Ready"),
    });
    expect(stdout).toContain(`export KUBECONFIG=${join(folderOf("local"), "kubeconfig")}`);
    const client = await clientOf("local");
    await eventually(
      () => client.get(priorityClass),
      async () => applicationsOf(await client.list(application)),
    );
    await client.apply({ ...config, data: { kept: "yes" } });
    client.close();
    const listed = await copy.slipway("cluster", "status", "--json");
    expect(JSON.parse(listed.stdout)).toMatchObject({ clusters: [{ name: "local", running: true }] });
  });

  test("does nothing the second time, and publishes dist where it has changed", async () => {
    const before = processesOf("local");
    expect((await copy.slipway("cluster", "up", "local")).stderr).toBe(
      "it runs already, with dist as it stands\n",
    );
    const path = "dist/local/foundation/priority-classes/PriorityClass.platform-critical.yaml";
    const undo = copy.edit(path, "description: ", "description: Changed. ");
    const again = await copy.slipway("cluster", "up", "local");
    undo();
    expect(again).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("publishing dist as it stands now"),
    });
    const client = await clientOf("local");
    await eventually(
      async () => {
        const found = await client.get(priorityClass);
        return text(found, "description")?.startsWith("Changed. ") === true ? true : undefined;
      },
      async () => applicationsOf(await client.list(application)),
    );
    client.close();
    expect(processesOf("local")).toEqual(before);
  });

  test("brings up another one beside it, with the other reconciler", async () => {
    const { status } = await copy.slipway(
      "cluster",
      "up",
      "local",
      "--name",
      "other",
      "--reconciler",
      "flux",
    );
    expect(status).toBe(0);
    const names = processesOf("other").map(({ name }) => name);
    expect(names).toContain("kustomize-controller");
    expect(names).not.toContain("argocd-application-controller");
    expect(processesOf("local").every(isAlive)).toBe(true);
    const refused = await copy.slipway("cluster", "up", "local", "--name", "other", "--provider", "kind");
    expect(refused.stderr).toContain("other is up already, by the provider embedded, as local with flux");
    const elsewhere = await copy.slipway("cluster", "up", "conversation-dev", "--name", "other");
    expect(elsewhere.stderr).toContain("give this one another --name");
  });

  test("leaves no process behind when it is killed, and starts again with what it held", async () => {
    const processes = processesOf("local");
    const keeper = processes.find(({ name }) => name === "slipway");
    process.kill(keeper?.pid ?? 0, "SIGKILL");
    await eventually(() => Promise.resolve(processes.some(isAlive) ? undefined : true));
    expect(processesOf("other").every(isAlive)).toBe(true);
    expect(await copy.slipway("cluster", "status", "local")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("local is not up"),
    });
    expect((await copy.slipway("cluster", "up", "local")).status).toBe(0);
    const client = await clientOf("local");
    const kept = await client.get({ ...config, name: "mine", namespace: "default" });
    client.close();
    expect(text(kept, "data", "kept")).toBe("yes");
  });

  test("says which process has ended, and starts again what has", async () => {
    const scheduler = processesOf("local").find(({ name }) => name === "kube-scheduler");
    process.kill(scheduler?.pid ?? 0, "SIGKILL");
    const listed = await eventually(async () => {
      const { stdout } = await copy.slipway("cluster", "status", "local");
      return stdout.includes("kube-scheduler has ended") ? stdout : undefined;
    });
    expect(listed).toContain("up starts it again");
    expect((await copy.slipway("cluster", "up", "local")).status).toBe(0);
    expect(processesOf("local").every(isAlive)).toBe(true);
  });

  test("takes each down and nothing else, twice if asked to", async () => {
    const [first, second] = [processesOf("local"), processesOf("other")];
    expect(await copy.slipway("cluster", "down", "local")).toMatchObject({
      status: 0,
      stdout: "local is down\n",
    });
    expect(first.some(isAlive)).toBe(false);
    expect(second.every(isAlive)).toBe(true);
    expect(await copy.slipway("cluster", "down", "local")).toMatchObject({
      status: 0,
      stdout: "local did not run\n",
    });
    await copy.slipway("cluster", "down", "other");
    expect(second.some(isAlive)).toBe(false);
    expect(readdirSync(clusters)).toEqual([]);
  });

  test("ends what it has started when it is interrupted, and is not locked out by that", async () => {
    const args = [join(copy.root, "scripts/cli.ts"), "cluster", "up", "local"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (words: string) => (said += words));
    await eventually(() => Promise.resolve(said.includes("the API server answers") ? true : undefined));
    const processes = processesOf("local");
    expect(processes.length).toBeGreaterThan(2);
    child.kill("SIGINT");
    await once(child, "exit");
    await eventually(() => Promise.resolve(processesOf("local").some(isAlive) ? undefined : true));
    expect(processes.some(isAlive)).toBe(false);
    expect((await copy.slipway("cluster", "down", "local")).status).toBe(0);
    expect(readdirSync(clusters)).toEqual([]);
  });
});
