import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import type { KubernetesClient } from "../../../scripts/kubernetes/client.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { eventually, skipReason } from "../control-plane/plane.ts";
import { instanceKind, namespace, startSetting } from "./setting.ts";
import type { Setting } from "./setting.ts";
import { instance, partsOf, usersOf } from "./users.ts";
import type { Users } from "./users.ts";

let setting: Setting;
let backend: KubernetesClient;
let users: Users;

const config = (where: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "tried", namespace: where },
});

/** Waits until the quota counts as many instances as this. */
async function countedAre(wanted: number): Promise<void> {
  await eventually(
    async () => ((await users.counted()) === wanted ? true : undefined),
    async () => `${await users.counted()} are counted`,
  );
}

describe.skipIf(skipReason("kro", "helm") !== undefined)("users' instances, made by the real kro", () => {
  beforeAll(async () => {
    setting = await startSetting();
    backend = await connectKubernetes(
      setting.plane.kubeconfigOf({ namespace: "prompt2mesh-dev", name: "backend" }),
    );
    users = usersOf(setting, backend);
  });
  afterAll(async () => {
    backend?.close();
    await setting?.stop();
  });

  test("the backend makes one, and it is Ready with its host when its pods run and a load balancer knows it", async () => {
    await users.create(instance("alice"));
    const ready = await eventually(
      () => users.isReady("alice"),
      () => users.told("alice"),
    );
    expect(text(ready, "status", "host")).toBe("dev-user-alice.nonprod.prompt2mesh.example.com");
    expect(await users.childrenOf("alice")).toEqual(partsOf("alice"));
    const ingress = await users.get("networking.k8s.io/v1", "Ingress", "user-alice");
    expect(text(list(ingress, "spec", "rules")[0], "host")).toBe(text(ready, "status", "host"));
    expect(ingress?.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/group.name": "prompt2mesh-dev-instances-0",
    });
  });

  test("a size sets aside what it says, on the nodes for instances", async () => {
    await users.create(instance("bob", { size: "large" }));
    await eventually(
      () => users.isReady("bob"),
      () => users.told("bob"),
    );
    const [pod] = await setting.plane.client.list({
      apiVersion: "v1",
      kind: "Pod",
      namespace,
      labelSelector: "app.kubernetes.io/name=user-bob-blender",
    });
    expect(list(pod, "spec", "containers")[0]).toMatchObject({
      image: expect.stringContaining("prompt2mesh-blender"),
      resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "2", memory: "4Gi" } },
    });
    const node = await setting.plane.client.get({
      apiVersion: "v1",
      kind: "Node",
      name: text(pod, "spec", "nodeName") ?? "",
    });
    expect(node?.metadata.labels).toMatchObject({ "slipway.dev/node-group": "instances" });
  });

  test("a release's new image and load balancers reach those that run", async () => {
    const settings = { apiVersion: "v1", kind: "ConfigMap", namespace, name: "instance-settings" };
    const data = { blenderImage: "example.com/blender:2", shards: "64" };
    await setting.plane.client.mergePatch(settings, { data });
    const shard = createHash("sha256").update("bob").digest().readUInt8(0) >> 2;
    await eventually(
      async () => {
        const pods = await users.get("apps/v1", "Deployment", "user-bob-blender");
        const [container] = list(pods, "spec", "template", "spec", "containers");
        const ingress = await users.get("networking.k8s.io/v1", "Ingress", "user-bob");
        const group = ingress?.metadata.annotations?.["alb.ingress.kubernetes.io/group.name"];
        const isMoved = group === `prompt2mesh-dev-instances-${shard}`;
        return isMoved && text(container, "image") === data.blenderImage ? true : undefined;
      },
      () => users.told("bob"),
    );
  });

  test("two who make one for the same user get one", async () => {
    const both = await Promise.allSettled([users.create(instance("carol")), users.create(instance("carol"))]);
    const refused = both.find(({ status }) => status === "rejected");
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(refused).toMatchObject({ reason: { reason: "AlreadyExists" } });
  });

  test.each([
    ["a path", "../alice", /./],
    ["upper case", "Alice", /./],
    ["300 characters", "a".repeat(300), /./],
    ["a name in Cyrillic that looks like alice", "\u0430lice", /./],
    ["YAML", "a: {b: c}", /./],
    ["an expression of kro", "${schema.spec.user}", /./],
    ["two hyphens, as names in other scripts begin", "xn--alice", /two hyphens/],
    ["a 0 that looks like an o", "b0b", /0 or 1 between letters/],
    ["the service itself", "admin", /taken for the service/],
    ["41 characters", "a".repeat(41), /40/],
    ["a hyphen at the end", "alice-", /./],
  ])("an id that is %s is refused", async (_, user, message) => {
    await expect(users.create(instance(user))).rejects.toThrow(message);
    expect(await backend.get({ ...instanceKind, name: "alice" })).toBeDefined();
  });

  test("an id under another name, a second owner and a GPU that is not there are refused", async () => {
    await expect(users.create({ ...instance("dave"), metadata: { name: "eve", namespace } })).rejects.toThrow(
      "the name of a UserInstance is the id of its user",
    );
    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "instance-settings", uid: "1" };
    const owned = { ...instance("dave"), metadata: { name: "dave", namespace, ownerReferences: [owner] } };
    await expect(users.create(owned)).rejects.toThrow("to no other object");
    await expect(users.create(instance("dave", { gpu: true }))).rejects.toThrow(
      "no node of this cluster has a GPU",
    );
  });

  test("the backend may create, read and delete instances of its environment, and nothing else", async () => {
    const target = { ...instanceKind, name: "alice" };
    await expect(backend.mergePatch(target, { spec: { size: "small" } })).rejects.toThrow(
      "programs change nothing but the last activity",
    );
    await expect(backend.list({ apiVersion: "v1", kind: "Pod", namespace })).rejects.toMatchObject({
      reason: "Forbidden",
    });
    await expect(
      backend.list({ ...instanceKind, namespace: "prompt2mesh-staging-instances" }),
    ).rejects.toMatchObject({ reason: "Forbidden" });
  });

  test("kro writes to namespaces of instances, and to no others", async () => {
    const kro = await connectKubernetes(setting.plane.kubeconfigOf({ namespace: "kro", name: "kro" }));
    try {
      await expect(kro.create(config("default"))).rejects.toThrow("and to no others");
      await expect(kro.create(config(namespace))).resolves.toBeDefined();
    } finally {
      kro.close();
    }
  });

  test("whoever asks for one more than there may be is refused", async () => {
    // Carol's second one was counted before it was refused; Kubernetes counts anew when one goes.
    await backend.delete({ ...instanceKind, name: "carol" });
    await countedAre(2);
    const made: string[] = [];
    const refusal = await (async () => {
      for (let number = 1; number <= 6; number += 1) {
        try {
          await users.create(instance(`guest-${number}`, { size: "small" }));
          made.push(`guest-${number}`);
        } catch (error) {
          return error;
        }
      }
      return undefined;
    })();
    // alice and bob are there; five are allowed.
    expect(made).toHaveLength(3);
    expect(refusal).toMatchObject({ reason: "Forbidden" });
    expect(String(refusal)).toContain("count/userinstances.instances.slipway.dev");
    for (const user of made) await backend.delete({ ...instanceKind, name: user });
    await countedAre(2);
  });

  test("one that is deleted leaves nothing behind, also while it is still being made", async () => {
    await users.create(instance("frank", { size: "small" }));
    await backend.delete({ ...instanceKind, name: "frank" });
    await backend.delete({ ...instanceKind, name: "alice" });
    for (const user of ["alice", "frank", "guest-1"]) {
      await eventually(
        async () => ((await backend.get({ ...instanceKind, name: user })) === undefined ? true : undefined),
        () => users.told(user),
      );
      await eventually(
        async () => ((await users.childrenOf(user)).length === 0 ? true : undefined),
        async () => (await users.childrenOf(user)).join(", "),
      );
    }
    expect(await users.childrenOf("bob")).toEqual(partsOf("bob"));
  });
});
