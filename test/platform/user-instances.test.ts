import { describe, expect, test } from "vitest";
import { Stage } from "#synth";
import { instanceObjects } from "../../platform/user-instances/instance.ts";
import { instanceSizes } from "../../platform/user-instances/graph.ts";
import { checks } from "../../synth/checks/checks.ts";
import { fields, list, stringMap, text } from "../../synth/objects/json-fields.ts";
import { toObject } from "../../synth/objects/plain.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { reaches } from "./network-reach.ts";
import type { Pod } from "./network-reach.ts";
import { prompt2meshNonprod } from "./rendered-mesh.ts";

const namespace = "prompt2mesh-dev-instances";

/** The objects of one user, as kro makes them of the same function that the graph is made of. */
function instanceOf(user: string): readonly KubernetesObject[] {
  const { slice } = prompt2meshNonprod.slice("user-instances");
  const labels = { "app.kubernetes.io/instance": `user-${user}`, "slipway.dev/user": user };
  const stage = new Stage("instance", {
    ...slice.context,
    labels,
    trace: false,
    report: (what) => {
      throw new Error(what);
    },
  });
  instanceObjects(stage, {
    user,
    host: `dev-user-${user}.nonprod.prompt2mesh.example.com`,
    loadBalancer: "prompt2mesh-dev-instances-0",
    blenderImage: `registry/blender@sha256:${"0".repeat(64)}`,
    agentImage: `registry/backend@sha256:${"0".repeat(64)}`,
    sharedNamespace: "prompt2mesh-dev",
    ...instanceSizes.large,
  });
  return stage.apiObjects
    .map((object) => toObject(fields(object.toJson())))
    .map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
}

const alice = instanceOf("alice");
const bob = instanceOf("bob");

describe("one user's objects", () => {
  test("are the document's", () => {
    expect(alice.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()).toEqual([
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
  });

  test("pass every check beside what dist holds: schemas, Pod Security, references, capacity, quota", () => {
    const { rendered, slice } = prompt2meshNonprod;
    const owner = slice("prompt2mesh-app-dev");
    const { definition } = owner.slice;
    const theirs = [...alice, ...bob].map((object) => ({
      object,
      owner: "prompt2mesh-app-dev",
      definition,
      stage: "serve",
      stack: "",
    }));
    const both = {
      ...rendered,
      objects: [...rendered.objects, ...theirs],
      slices: rendered.slices.map((each) =>
        each === owner ? { ...each, objects: [...each.objects, ...theirs] } : each,
      ),
    };
    expect(checks.flatMap((check) => [...check.run(both)])).toEqual([]);
  });

  test("hold no secret, and an agent's token is for the backend alone", () => {
    expect(JSON.stringify(alice)).not.toMatch(/secretKeyRef|secretRef|secretName/);
    const agent = alice.find(({ metadata }) => metadata.name === "user-alice-agent");
    expect(JSON.stringify(agent)).toContain('"audience":"prompt2mesh"');
    expect(JSON.stringify(agent)).toContain('"automountServiceAccountToken":false');
  });
});

const podOf = (from: readonly KubernetesObject[], name: string, where: string): Pod => {
  const found = from.find(
    ({ kind, metadata }) =>
      (kind === "Deployment" || kind === "Rollout" || kind === "StatefulSet") &&
      metadata.name === name &&
      metadata.namespace === where,
  );
  if (found === undefined) throw new Error(`no workload ${where}/${name}`);
  return { namespace: where, labels: stringMap(found, "spec", "template", "metadata", "labels") };
};

describe("who reaches whom", () => {
  const { rendered } = prompt2meshNonprod;
  const policies = [...rendered.objects.map(({ object }) => object), ...alice, ...bob].filter(
    ({ kind }) => kind === "NetworkPolicy",
  );
  const all = rendered.objects.map(({ object }) => object);
  const shared = (name: string, environment = "dev") => podOf(all, name, `prompt2mesh-${environment}`);
  const of = (user: "alice" | "bob", part: "agent" | "blender") =>
    podOf(user === "alice" ? alice : bob, `user-${user}-${part}`, namespace);
  const may = (from: Pod, to: Pod, port: number) => reaches(policies, from, to, port);

  test("an agent drives its own Blender and calls the backend, which calls it", () => {
    expect(may(of("alice", "agent"), of("alice", "blender"), 9876)).toBe(true);
    expect(may(of("alice", "agent"), shared("backend"), 8000)).toBe(true);
    expect(may(shared("backend"), of("alice", "agent"), 8000)).toBe(true);
  });

  test.each(["agent", "blender"] as const)("nothing of one user reaches anything of another: %s", (part) => {
    for (const port of [3000, 3001, 8000, 9876]) {
      expect(may(of("alice", part), of("bob", "agent"), port)).toBe(false);
      expect(may(of("alice", part), of("bob", "blender"), port)).toBe(false);
    }
  });

  test("Blender, which runs what it is told, reaches nothing", () => {
    const targets = [of("alice", "agent"), of("bob", "agent"), shared("backend"), shared("postgres")];
    for (const target of targets) {
      for (const port of [443, 5432, 8000, 8501])
        expect(may(of("alice", "blender"), target, port)).toBe(false);
    }
    const policy = alice.find(
      ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "user-alice-blender",
    );
    expect(list(policy, "spec", "egress")).toEqual([]);
  });

  test("no agent reaches the database, the front end, or another environment", () => {
    expect(may(of("alice", "agent"), shared("postgres"), 5432)).toBe(false);
    expect(may(of("alice", "agent"), shared("streamlit"), 8501)).toBe(false);
    expect(may(of("alice", "agent"), shared("backend", "staging"), 8000)).toBe(false);
    expect(may(shared("backend", "staging"), of("alice", "agent"), 8000)).toBe(false);
    expect(may(shared("streamlit"), of("alice", "agent"), 8000)).toBe(false);
  });
});

describe("the graph", () => {
  const graph = prompt2meshNonprod
    .slice("user-instances")
    .objects.map(({ object }) => object)
    .find(({ kind }) => kind === "ResourceGraphDefinition");
  const templates = list(graph, "spec", "resources").map((each) => fields(each, "template"));

  test("names each of its parts once, as kro takes names", () => {
    const ids = list(graph, "spec", "resources").map((each) => text(each, "id") ?? "");
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
  });

  test("has no expression in a key, where kro replaces none", () => {
    const keys: string[] = [];
    JSON.stringify(templates, (key, value: unknown) => {
      keys.push(key);
      return value;
    });
    expect(keys.filter((key) => key.includes("${"))).toEqual([]);
  });

  test("has no empty list, which Kubernetes does not keep and kro would apply for ever", () => {
    const empty: string[] = [];
    JSON.stringify(templates, (key, value: unknown) => {
      if (Array.isArray(value) && value.length === 0) empty.push(key);
      return value;
    });
    expect(empty).toEqual([]);
  });

  test("leaves Blender's pods no way out: their policy governs what leaves them, and names nothing", () => {
    const name = "user-${schema.spec.user}-blender";
    const policy = templates.find(
      (each) => text(each, "kind") === "NetworkPolicy" && text(each, "metadata", "name") === name,
    );
    expect(list(policy, "spec", "policyTypes")).toContain("Egress");
    expect(list(policy, "spec", "egress")).toEqual([]);
  });

  test("names nothing that is another user's, whatever the id", () => {
    const names = templates.flatMap((each) => text(each, "metadata", "name") ?? []);
    expect(names.filter((name) => !name.startsWith("user-${schema.spec.user}"))).toEqual([]);
  });
});
