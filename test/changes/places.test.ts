import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { between } from "./between.ts";
import type { Planting } from "./between.ts";
import { distFiles, object, web } from "./dist-files.ts";

const settings = (data: object) => object("v1", "ConfigMap", "settings", { data }, "shop");

const in2 = (make: (cluster: string) => KubernetesObject): Planting =>
  ["garden", "meadow"].map((cluster) => ({ object: make(cluster), cluster }));

const image = (account: string, tag: string) =>
  web({ container: { image: `${account}.dkr.ecr.us-west-2.amazonaws.com/shop/web:${tag}` } });

const account = (cluster: string) => (cluster === "garden" ? "123456789012" : "210987654321");

const policy = (namespace: string) => ({
  object: object("v1", "ConfigMap", "settings", { data: { host: `web.${namespace}.svc` } }, namespace),
  owner: namespace,
});

const at = (namespace: string, image: string) => ({
  object: { ...web({ container: { image } }), metadata: { name: "web", namespace } },
  owner: `shop-${namespace}`,
});

const namespace = (name: string) => ({
  object: object("v1", "Namespace", name),
  owner: name,
  definition: "clusters/garden.ts",
  folder: "foundation",
});

describe("the same change in several places is one:", () => {
  test("in two clusters, whatever their registries", () => {
    const changes = between(
      in2((cluster) => image(account(cluster), "1.0.0")),
      in2((cluster) => image(account(cluster), "2.0.0")),
    );
    expect(changes.folded.map(({ places }) => places.map(({ cluster }) => cluster))).toEqual([
      ["garden", "meadow"],
    ]);
    expect(changes.versions).toMatchObject([{ name: "shop/web", before: ":1.0.0", after: ":2.0.0" }]);
  });

  test("in two environments whose namespaces and owners differ", () => {
    const changes = between([], [policy("shop-dev"), policy("shop-prod")]);
    expect(changes.folded.map(({ places }) => places.map(({ environment }) => environment))).toEqual([
      ["dev", "prod"],
    ]);
  });

  test("where a namespace has the app's name in one place only", () => {
    const changes = between(
      [at("shop", "shop/web:1"), at("shop-dev", "shop/web:1")],
      [at("shop", "shop/web:2"), at("shop-dev", "shop/web:2")],
    );
    expect(changes.folded.map(({ places }) => places.length)).toEqual([2]);
  });

  test("where the cluster defines a namespace of an app", () => {
    const { folded } = between([], [namespace("shop-dev"), namespace("shop-prod")]);
    expect(folded).toMatchObject([{ subject: { kind: "app", name: "shop" } }]);
    expect(folded[0]?.places.map(({ environment }) => environment)).toEqual(["dev", "prod"]);
  });

  test("and values that differ are not folded", () => {
    const changes = between(
      in2(() => settings({ sun: "half" })),
      in2((cluster) => settings({ sun: cluster === "garden" ? "full" : "none" })),
    );
    expect(changes.folded.map(({ places }) => places.length)).toEqual([1, 1]);
  });

  test("and new objects that differ in more than their names are not", () => {
    const changes = between(
      [],
      in2((cluster) => settings({ sun: cluster === "garden" ? "full" : "none" })),
    );
    expect(changes.folded).toHaveLength(2);
  });
});

const scaler = (minReplicas: number, maxReplicas: number) =>
  object(
    "autoscaling/v2",
    "HorizontalPodAutoscaler",
    "web",
    {
      spec: {
        minReplicas,
        maxReplicas,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      },
    },
    "shop",
  );

describe("what pods cost is reckoned by node group", () => {
  test("at the autoscaler's minimum and maximum, before and after", () => {
    const changes = between([web(), scaler(2, 4)], [web(), scaler(3, 10)]);
    const gib = 2 ** 30;
    expect(changes.cost).toMatchObject([
      {
        cluster: "garden",
        groups: ["workers"],
        before: { min: { cpu: 0.2, memory: gib / 4, pods: 2 }, max: { cpu: 0.4, memory: gib / 2, pods: 4 } },
        after: {
          min: { cpu: 0.3, memory: (3 * gib) / 8, pods: 3 },
          max: { cpu: 1, memory: (10 * gib) / 8, pods: 10 },
        },
      },
    ]);
    expect(changes.replicas).toMatchObject([
      { workload: "Deployment web", before: { min: 2, max: 4 }, after: { min: 3, max: 10 } },
    ]);
  });

  test("one pod of a DaemonSet on each node", () => {
    const { cost } = between([], [web({ kind: "DaemonSet" })]);
    expect(cost).toMatchObject([{ after: { min: { pods: 2 }, max: { pods: 4 } } }]);
  });

  test("and not at all where pods stay what they are", () => {
    expect(between([web()], [web({ annotations: { note: "hello" } })]).cost).toEqual([]);
  });
});

describe("a file that is no object", () => {
  test.each([
    ["no YAML", "kind: [Service"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["references that grow without end", "a: &a [x, x]\nb: &b [*a, *a]\n"],
    ["a nest without end", "[".repeat(100_000)],
    ["a number that is none", "apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: .nan\n"],
    ["nothing", ""],
    ["no text", "\u0000\uDC80"],
  ])("is named, and stops nothing: %s", (_what, content) => {
    const path = "garden/applications/shop-prod/Service.web.yaml";
    const changes = between(
      distFiles([web()]),
      new Map([[path, content], ...distFiles([web({ container: { image: "a/b:2" } })])]),
    );
    expect(changes.unreadable).toMatchObject([{ path, side: "head" }]);
    expect(changes.folded).toHaveLength(1);
  });

  test("is parsed only if it differs", () => {
    const broken: [string, string] = ["garden/applications/shop-prod/Service.web.yaml", "kind: ["];
    expect(between(new Map([broken]), new Map([broken])).unreadable).toEqual([]);
  });
});
