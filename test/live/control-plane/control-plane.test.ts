import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import { isAlive } from "../../../scripts/process/identity.ts";
import { recordedProcesses } from "../../../scripts/process/record.ts";
import { groupRoom } from "../../../synth/checks/allocatable.ts";
import type { NodeGroup } from "../../../synth/model/node-group.ts";
import { list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import { deployment, eventually, general, skipReason, startPlane, temporaryFolder } from "./plane.ts";

const batch: NodeGroup = {
  name: "batch",
  instanceTypes: ["c5.xlarge"],
  min: 1,
  max: 3,
  capacity: "spot",
  zones: ["us-west-2b"],
  taints: [{ key: "slipway.dev/node-group", value: "batch", effect: "NoSchedule" }],
};

const folder = temporaryFolder();
let plane: ControlPlane;

const nodes = async (group: string) =>
  plane.client.list({ apiVersion: "v1", kind: "Node", labelSelector: `slipway.dev/node-group=${group}` });
const pods = async (app: string) =>
  plane.client.list({ apiVersion: "v1", kind: "Pod", namespace: "default", labelSelector: `app=${app}` });
const nodesOf = async (app: string) =>
  (await pods(app)).map((pod) => text(pod, "spec", "nodeName") ?? "none");

const config = (name: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default", labels: { watched: "yes" } },
});

describe.skipIf(skipReason() !== undefined)("the embedded control plane", () => {
  beforeAll(async () => {
    plane = await startPlane(folder.path, [general, batch]);
  });
  afterAll(async () => {
    await plane.stop();
    folder.remove();
  });

  test("has the nodes of its groups, with their machines' room, labels, zones and taints", async () => {
    const [first, second] = await nodes("general");
    expect((await nodes("general")).length).toBe(2);
    expect(stringMap(first, "metadata", "labels")).toMatchObject({
      "node.kubernetes.io/instance-type": "m7i.large",
      "eks.amazonaws.com/capacityType": "ON_DEMAND",
      "topology.kubernetes.io/zone": "us-west-2a",
    });
    expect(text(second, "metadata", "labels", "topology.kubernetes.io/zone")).toBe("us-west-2b");
    const room = groupRoom("eks", general);
    expect(stringMap(first, "status", "allocatable")).toMatchObject({
      cpu: `${room.cpu * 1000}m`,
      memory: String(Math.floor(room.memory)),
      pods: "29",
    });
    const [spot] = await nodes("batch");
    expect(list(spot, "spec", "taints")).toEqual([...(batch.taints ?? [])]);
    expect(text(spot, "metadata", "labels", "eks.amazonaws.com/capacityType")).toBe("SPOT");
    expect(text(spot, "metadata", "labels", "topology.kubernetes.io/zone")).toBe("us-west-2b");
  });

  test("runs pods where they may run, and leaves those waiting that fit nowhere", async () => {
    const tolerations = [{ key: "slipway.dev/node-group", operator: "Exists" }];
    const selector = { nodeSelector: { "slipway.dev/node-group": "batch" } };
    const tooLarge = [{ name: "web", image: "example.com/web:1", resources: { requests: { cpu: "3" } } }];
    await plane.client.apply(deployment("anywhere", 3));
    await plane.client.apply(deployment("chosen", 2, { ...selector, tolerations }));
    await plane.client.apply(deployment("untolerated", 1, selector));
    await plane.client.apply(deployment("large", 1, { containers: tooLarge }));
    const ready = (name: string, count: number) =>
      eventually(async () => {
        const found = await plane.client.get({ ...deployment(name, 0), name, namespace: "default" });
        return number(found, "status", "readyReplicas") === count ? true : undefined;
      });
    await Promise.all([ready("anywhere", 3), ready("chosen", 2)]);
    expect(new Set((await nodesOf("anywhere")).map((name) => name.replace(/-\d$/, "")))).toEqual(
      new Set(["general"]),
    );
    expect(await nodesOf("chosen")).toEqual(["batch-1", "batch-1"]);
    expect(await nodesOf("untolerated")).toEqual(["none"]);
    expect(await nodesOf("large")).toEqual(["none"]);
  });

  test("completes Jobs, init containers first", async () => {
    const container = { name: "work", image: "example.com/work:1" };
    const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "work", namespace: "default" } };
    await plane.client.apply({
      ...job,
      spec: {
        template: {
          metadata: { labels: { app: "work" } },
          spec: {
            restartPolicy: "Never",
            initContainers: [{ ...container, name: "wait" }],
            containers: [container],
          },
        },
      },
    });
    await eventually(async () => {
      const found = await plane.client.get({ ...job, name: "work", namespace: "default" });
      return number(found, "status", "succeeded") === 1 ? true : undefined;
    });
    const [pod] = await pods("work");
    const [init] = list(pod, "status", "initContainerStatuses");
    expect(text(init, "state", "terminated", "reason")).toBe("Completed");
  });

  test("makes a group larger and smaller", async () => {
    await plane.scaleNodeGroup("batch", 3);
    expect((await nodes("batch")).map(({ metadata }) => metadata.name)).toEqual([
      "batch-1",
      "batch-2",
      "batch-3",
    ]);
    await plane.scaleNodeGroup("batch", 1);
    expect(await nodes("batch")).toHaveLength(1);
  });

  test("gives an account the rights that RBAC gives it, and no other", async () => {
    const account = { namespace: "default", name: "reader" };
    const role = { name: "read-config", namespace: "default" };
    const group = "rbac.authorization.k8s.io";
    await plane.client.apply({
      apiVersion: `${group}/v1`,
      kind: "Role",
      metadata: role,
      rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["list"] }],
    });
    await plane.client.apply({
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata: role,
      roleRef: { apiGroup: group, kind: "Role", name: role.name },
      subjects: [{ kind: "ServiceAccount", ...account }],
    });
    const reader = await connectKubernetes(plane.kubeconfigOf(account));
    const listed = await reader.list({ apiVersion: "v1", kind: "ConfigMap", namespace: "default" });
    expect(listed.map(({ metadata }) => metadata.name)).toContain("kube-root-ca.crt");
    await expect(
      reader.list({ apiVersion: "v1", kind: "Secret", namespace: "default" }),
    ).rejects.toMatchObject({
      status: 403,
      reason: "Forbidden",
    });
    reader.close();
  });

  test("refuses a field that no schema knows", async () => {
    const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "typo", namespace: "default" } };
    await expect(plane.client.apply({ ...config, dta: {} }, { dryRun: true })).rejects.toThrow("dta");
    expect(await plane.client.get({ ...config, name: "typo", namespace: "default" })).toBeUndefined();
  });

  test("keeps everything when its API server is killed, and a watch misses nothing", async () => {
    const seen: string[] = [];
    const watching = new AbortController();
    const query = { apiVersion: "v1", kind: "ConfigMap", namespace: "default", labelSelector: "watched=yes" };
    const watched = (async () => {
      for await (const { type, object } of plane.client.watch(query, watching.signal)) {
        seen.push(`${type} ${object.metadata.name}`);
      }
    })();
    const until = (event: string) =>
      eventually(() => Promise.resolve(seen.includes(event) ? true : undefined));
    await plane.client.apply(config("before"));
    await until("added before");
    const restarted = plane.restartApiServer();
    await expect(plane.client.list(query)).rejects.toMatchObject({ status: 0 });
    await restarted;
    await plane.client.delete({ ...config("before"), name: "before", namespace: "default" });
    await plane.client.apply(config("after"));
    await until("added after");
    watching.abort();
    await watched;
    expect(seen).toEqual(["added before", "deleted before", "added after"]);
    expect(await nodesOf("anywhere")).toHaveLength(3);
  });

  test("runs beside another one, and ends only its own processes", async () => {
    const other = temporaryFolder();
    const second = await startPlane(other.path);
    const processes = recordedProcesses(other.path);
    expect(processes.map(({ name }) => name).toSorted()).toEqual([
      "etcd",
      "kube-apiserver",
      "kube-controller-manager",
      "kube-scheduler",
      "kwok",
    ]);
    expect(second.address).not.toBe(plane.address);
    await second.stop();
    expect(processes.filter(isAlive)).toEqual([]);
    expect(recordedProcesses(folder.path).every(isAlive)).toBe(true);
    expect(await plane.client.raw("/readyz")).toBe("ok");
    other.remove();
  });
});
