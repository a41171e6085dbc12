import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import type { KubernetesClient } from "../../../scripts/kubernetes/client.ts";
import { list, text } from "../../../synth/objects/json-fields.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";
import { eventually, skipReason } from "../control-plane/plane.ts";
import { instanceKind, namespace, startSetting } from "./setting.ts";
import type { Setting } from "./setting.ts";

let setting: Setting;
/** With the rights of the backend's service account, and no others. */
let backend: KubernetesClient;

const instance = (user: string, spec: Readonly<Record<string, Json>> = {}) => ({
  ...instanceKind,
  metadata: { name: user, namespace },
  spec: { user, ...spec },
});
const create = ({ apiVersion, kind, metadata, spec }: ReturnType<typeof instance>) =>
  backend.create({ apiVersion, kind, metadata, spec });

const config = (where: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "tried", namespace: where },
});

const childKinds = [
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "v1", kind: "ServiceAccount" },
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  { apiVersion: "v1", kind: "Pod" },
] as const;

/** `Kind/name` of everything that is labelled as a user's. */
async function childrenOf(user: string): Promise<readonly string[]> {
  const labelSelector = `slipway.dev/user=${user}`;
  const lists = await Promise.all(
    childKinds.map((kind) => setting.plane.client.list({ ...kind, namespace, labelSelector })),
  );
  return lists
    .flat()
    .filter(({ kind }) => kind !== "Pod")
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .toSorted();
}

async function told(user: string): Promise<string> {
  const found = await setting.plane.client.get({ ...instanceKind, name: user });
  return `${JSON.stringify(found?.["status"])}\n${setting.kro.program.logTail(10).join("\n")}`;
}

const isReady = async (user: string) => {
  const found = await backend.get({ ...instanceKind, name: user });
  const ready = list(found, "status", "conditions").find((each) => text(each, "type") === "Ready");
  return text(ready, "status") === "True" ? found : undefined;
};

describe.skipIf(skipReason("kro", "helm") !== undefined)("users' instances, made by the real kro", () => {
  beforeAll(async () => {
    setting = await startSetting();
    backend = await connectKubernetes(
      setting.plane.kubeconfigOf({ namespace: "prompt2mesh-dev", name: "backend" }),
    );
  });
  afterAll(async () => {
    backend?.close();
    await setting?.stop();
  });

  test("the backend makes one, and it is Ready with its host when its pods run and a load balancer knows it", async () => {
    await create(instance("alice"));
    const ready = await eventually(
      () => isReady("alice"),
      () => told("alice"),
    );
    expect(text(ready, "status", "host")).toBe("dev-user-alice.nonprod.prompt2mesh.example.com");
    expect(await childrenOf("alice")).toEqual([
      "ConfigMap/user-alice",
      "Deployment/user-alice-agent",
      "Deployment/user-alice-blender",
      "Ingress/user-alice",
      "NetworkPolicy/user-alice-agent",
      "NetworkPolicy/user-alice-blender",
      "Service/user-alice-agent",
      "Service/user-alice-blender",
      "ServiceAccount/user-alice-agent",
      "ServiceAccount/user-alice-blender",
    ]);
    const ingress = await setting.plane.client.get({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      namespace,
      name: "user-alice",
    });
    expect(text(list(ingress, "spec", "rules")[0], "host")).toBe(text(ready, "status", "host"));
    expect(ingress?.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/group.name": "prompt2mesh-dev-instances-0",
    });
  });

  test("a size sets aside what it says, on the nodes for instances", async () => {
    await create(instance("bob", { size: "large" }));
    await eventually(
      () => isReady("bob"),
      () => told("bob"),
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

  test("a release's new image reaches those that run", async () => {
    const settings = { apiVersion: "v1", kind: "ConfigMap", namespace, name: "instance-settings" };
    await setting.plane.client.mergePatch(settings, { data: { blenderImage: "example.com/blender:2" } });
    await eventually(
      async () => {
        const found = await setting.plane.client.get({
          apiVersion: "apps/v1",
          kind: "Deployment",
          namespace,
          name: "user-bob-blender",
        });
        const [container] = list(found, "spec", "template", "spec", "containers");
        return text(container, "image") === "example.com/blender:2" ? true : undefined;
      },
      () => told("bob"),
    );
  });

  test("two who make one for the same user get one", async () => {
    const both = await Promise.allSettled([create(instance("carol")), create(instance("carol"))]);
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
    await expect(create(instance(user))).rejects.toThrow(message);
    expect(await backend.get({ ...instanceKind, name: "alice" })).toBeDefined();
  });

  test("an id under another name, a second owner and a GPU that is not there are refused", async () => {
    await expect(create({ ...instance("dave"), metadata: { name: "eve", namespace } })).rejects.toThrow(
      "the name of a UserInstance is the id of its user",
    );
    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "instance-settings", uid: "1" };
    const owned = { ...instance("dave"), metadata: { name: "dave", namespace, ownerReferences: [owner] } };
    await expect(create(owned)).rejects.toThrow("to no other object");
    await expect(create(instance("dave", { gpu: true }))).rejects.toThrow(
      "no node of this cluster has a GPU",
    );
  });

  test("the backend may create, read and delete instances of its environment, and nothing else", async () => {
    const target = { ...instanceKind, name: "alice" };
    await expect(backend.mergePatch(target, { spec: { size: "small" } })).rejects.toMatchObject({
      reason: "Forbidden",
    });
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
    const made: string[] = [];
    const refusal = await (async () => {
      for (let number = 1; number <= 6; number += 1) {
        try {
          await create(instance(`guest-${number}`, { size: "small" }));
          made.push(`guest-${number}`);
        } catch (error) {
          return error;
        }
      }
      return undefined;
    })();
    // alice, bob and carol are there; five are allowed.
    expect(made).toHaveLength(2);
    expect(refusal).toMatchObject({ reason: "Forbidden" });
    expect(String(refusal)).toContain("count/userinstances.instances.slipway.dev");
    for (const user of made) await backend.delete({ ...instanceKind, name: user });
  });

  test("one that is deleted leaves nothing behind, also while it is still being made", async () => {
    await eventually(async () => ((await childrenOf("guest-1")).length === 0 ? true : undefined));
    await create(instance("frank", { size: "small" }));
    await backend.delete({ ...instanceKind, name: "frank" });
    await backend.delete({ ...instanceKind, name: "alice" });
    for (const user of ["alice", "frank"]) {
      await eventually(
        async () => ((await backend.get({ ...instanceKind, name: user })) === undefined ? true : undefined),
        () => told(user),
      );
      await eventually(
        async () => ((await childrenOf(user)).length === 0 ? true : undefined),
        async () => (await childrenOf(user)).join(", "),
      );
    }
    expect((await childrenOf("bob")).length).toBe(10);
  });
});
