import { describe, expect, test } from "vitest";
import { groupRoom, nodeRoom } from "../../synth/checks/allocatable.ts";
import { selects } from "../../synth/checks/label-selector.ts";
import { leftOver } from "../../synth/checks/packing.ts";
import { cpuText, memoryText, quantity } from "../../synth/checks/quantity.ts";
import { podDemand } from "../../synth/checks/requests.ts";
import { looksRandom, passwordInUrl } from "../../synth/checks/secret-patterns.ts";
import { unsetIn } from "../../synth/checks/unset-text.ts";
import { podTemplatesOf } from "../../synth/checks/workloads.ts";
import type { RenderedObject } from "../../synth/render/render.ts";
import { toObject } from "../../synth/objects/plain.ts";

const gibibyte = 2 ** 30;

function rendered(object: object): RenderedObject {
  return {
    object: toObject(object),
    owner: "shop",
    definition: "apps/shop/app.ts",
    stage: "main",
    stack: "",
  };
}

function container(name: string, cpu: string) {
  return { name, resources: { requests: { cpu, memory: "1Gi" } } };
}

describe("a quantity", () => {
  test.each([
    ["500m", 0.5],
    ["2", 2],
    ["1.5Gi", 1.5 * gibibyte],
    ["128Mi", 128 * 2 ** 20],
    ["1e3", 1000],
    ["1E", 1e18],
    [4, 4],
  ])("%s is read as the API server reads it", (given, expected) => {
    expect(quantity(given)).toBe(expected);
  });

  test.each(["", "lots", "1 Gi", "1GiB", undefined])("%s is none", (given) => {
    expect(quantity(given)).toBeUndefined();
  });

  test("is shown in units that people use", () => {
    expect([cpuText(1.5), memoryText(1.5 * gibibyte), memoryText(300 * 2 ** 20)]).toEqual([
      "1.5 CPU",
      "1.5Gi",
      "300Mi",
    ]);
  });
});

describe("a node", () => {
  test("of EKS gives what the kubelet, the kernel and eviction leave", () => {
    const { cpu, memory, pods } = nodeRoom("eks", "t3.medium");
    expect(cpu).toBeCloseTo(1.93, 6);
    // 4096 MiB less 7.5%, less 255 + 11 × 17, less 100.
    expect(memory / 2 ** 20).toBeCloseTo(3246.8, 1);
    expect(pods).toBe(17);
  });

  test("of a managed node group takes 110 pods, however many addresses it has", () => {
    expect(nodeRoom("eks", "c5.4xlarge").pods).toBe(110);
  });

  test("of a group of several types counts as the smallest of each", () => {
    const room = groupRoom("eks", {
      name: "mixed",
      instanceTypes: ["c5.xlarge", "t3.large"],
      min: 1,
      max: 1,
      capacity: "spot",
    });
    expect(room.cpu).toBe(nodeRoom("eks", "t3.large").cpu);
    expect(room.memory).toBe(nodeRoom("eks", "c5.xlarge").memory);
  });
});

describe("packing", () => {
  const room = { cpu: 4, memory: 8, pods: 10 };
  const nodes = [
    { group: "a", count: 2, room },
    { group: "b", count: 1, room },
  ];
  const set = { demand: { cpu: 2, memory: 1 }, groups: ["a", "b"], apart: false };

  test("says nothing when everything fits", () => {
    expect(leftOver([{ ...set, of: "web", count: 6 }], nodes).size).toBe(0);
  });

  test("counts the pods that find no room", () => {
    expect(leftOver([{ ...set, of: "web", count: 8 }], nodes)).toEqual(new Map([["web", 2]]));
  });

  test("leaves room to those that can run in one group only", () => {
    const pods = [
      { ...set, of: "anywhere", count: 4 },
      { ...set, of: "only b", count: 2, groups: ["b"] },
    ];
    expect(leftOver(pods, nodes).size).toBe(0);
  });

  test("keeps pods apart that may not share a node", () => {
    expect(leftOver([{ ...set, of: "db", count: 4, apart: true }], nodes)).toEqual(new Map([["db", 1]]));
  });

  test("minds how many pods a node can run", () => {
    const tiny = { ...set, of: "tiny", count: 31, demand: { cpu: 0.01, memory: 0.01 } };
    expect(leftOver([tiny], nodes)).toEqual(new Map([["tiny", 1]]));
  });
});

describe("a pod", () => {
  test("asks for its containers and sidecars, or for its largest init container beside the sidecars", () => {
    const [template] = podTemplatesOf(
      rendered({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "web", namespace: "shop" },
        spec: {
          initContainers: [
            { ...container("proxy", "100m"), restartPolicy: "Always" },
            container("migrate", "2"),
          ],
          containers: [container("web", "500m"), container("agent", "500m")],
        },
      }),
    );
    expect(template && podDemand(template)).toEqual({ cpu: 2.1, memory: 3 * gibibyte });
  });

  test("that a controller starts from a manifest in a ConfigMap is seen", () => {
    const manifest = [
      "apiVersion: batch/v1",
      "kind: Job",
      "metadata: { generateName: run-, namespace: runners }",
      "spec: { template: { metadata: { labels: { app: run } }, spec: { containers: [{ name: run }] } } }",
    ].join("\n");
    const templates = podTemplatesOf(
      rendered({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "runner", namespace: "shop" },
        data: { "job.yaml": manifest, "notes.txt": "kind: of" },
      }),
    );
    expect(templates).toMatchObject([
      { kind: "batch/Job", namespace: "runners", labels: { app: "run" }, startedLater: true },
    ]);
  });
});

describe("a label selector", () => {
  const labels = { app: "web", tier: "front" };
  test.each([
    [{}, true],
    [{ matchLabels: { app: "web" } }, true],
    [{ matchLabels: { app: "api" } }, false],
    [{ matchExpressions: [{ key: "tier", operator: "In", values: ["front", "back"] }] }, true],
    [{ matchExpressions: [{ key: "tier", operator: "NotIn", values: ["front"] }] }, false],
    [{ matchExpressions: [{ key: "zone", operator: "DoesNotExist" }] }, true],
    [{ matchExpressions: [{ key: "zone", operator: "Exists" }] }, false],
  ])("%j against app=web, tier=front: %s", (selector, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });
});

describe("what only looks like a secret is let through:", () => {
  test.each([
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "arn:aws:secretsmanager:us-west-2:123456789012:secret:shop-AbCdEf",
    "attractor-factory-postgres-credentials-v2",
    "/var/run/secrets/eks.amazonaws.com/serviceaccount/token",
    "{{ .password }}",
    "$(DATABASE_PASSWORD_FROM_SECRET)",
    "https://login.example.com/oauth2/token",
    "arn.of.something.long.with.words.only",
    "projects/shop/secrets/web/versions/12",
  ])("%s", (value) => {
    expect(looksRandom(value)).toBe(false);
  });

  test.each([
    "postgres://database:5432/shop",
    "postgres://$(USER):$(PASSWORD)@database:5432/shop",
    "redis://:{{ .password }}@redis:6379",
    "https://github.com/example/shop.git",
    "s3://bucket/a:b/c@d",
  ])("%s", (value) => {
    expect(passwordInUrl(value)).toBeUndefined();
  });
});

describe("a text that was put together from nothing", () => {
  test.each([
    "undefined",
    "https://undefined",
    "undefined.example.com",
    "shop-undefined-web",
    "host=undefined port=5432 user=shop",
    "--url https://undefined/api --verbose",
    "cpu: [object Object]",
    "NaN",
  ])("is found: %s", (text) => {
    expect(unsetIn(text)).toBeDefined();
  });

  test.each([
    "undefinedBehaviour",
    "is_undefined",
    "NaNoseconds",
    "what happens then is undefined",
    "if (host === undefined) throw 1",
    "if (host ===undefined) throw 1",
    "x == NaN or vector(0)",
    "if (typeof x == 'undefined') {\n  x = 'https://undefined';\n}",
  ])("is let through where the word is meant: %s", (text) => {
    expect(unsetIn(text)).toBeUndefined();
  });
});

test.each([
  ["Zk3", "9qLw", "X7vB", "2mRt", "8NpY"].join(""),
  ["f3a9c17be0d84", "26a5b7c9d1e3f5a7b9c"].join(""),
])("a random value is taken for one: %s", (value) => {
  expect(looksRandom(value)).toBe(true);
});
