import { expect, onTestFinished, test } from "vitest";
import { follow } from "../../scripts/dashboard/follow.ts";
import { KubernetesError } from "../../scripts/kubernetes/client.ts";
import type { KubernetesClient, WatchEvent } from "../../scripts/kubernetes/client.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

const application: KubernetesObject = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "web", namespace: "argocd" },
  status: {
    sync: { status: "Synced" },
    resources: [{ group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "web" }],
  },
};

interface Told {
  /** What is listed, by kind. */
  readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
  readonly forbidden?: string;
  /** Never answers whether it is ready. */
  readonly hangs?: true;
}

function refused(): never {
  throw new Error("not asked for here");
}

/** An API server's answers that no real one gives on demand: one that refuses a kind, and one that hangs. */
function client({ objects, forbidden, hangs }: Told): KubernetesClient {
  const list = async (kind: string) => {
    if (kind === forbidden) throw new KubernetesError("deployments is forbidden", 403, "Forbidden");
    return objects[kind] ?? [];
  };
  return {
    address: "https://127.0.0.1",
    get: refused,
    list: ({ kind }) => list(kind),
    apply: refused,
    review: refused,
    create: refused,
    mergePatch: refused,
    delete: refused,
    deleteSeen: refused,
    scale: refused,
    watch: async function* ({ kind }, signal): AsyncGenerator<WatchEvent> {
      for (const object of await list(kind)) yield { type: "added", object };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
    kinds: async () => [
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        plural: "applications",
        namespaced: true,
        verbs: [],
      },
    ],
    raw: () => (hangs ? new Promise(() => {}) : Promise.resolve("ok")),
    close: () => {},
  };
}

function followed(told: Told) {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  return follow(client(told), end.signal);
}

test("a kind that may not be read is told of, and the rest is shown", async () => {
  const { board } = followed({ objects: { Application: [application] }, forbidden: "Deployment" });
  await expect
    .poll(() => board.parts()[0]?.objects[0])
    .toMatchObject({ health: "unknown", message: "deployments is forbidden" });
  expect(board.parts()[0]).toMatchObject({ name: "web", sync: "synced" });
});

test("objects of a part are looked for as soon as the part lists them", async () => {
  const { board } = followed({ objects: { Application: [application] } });
  await expect.poll(() => board.parts()[0]?.objects[0]?.health).toBe("missing");
});

test("an API server that hangs is taken for gone", { timeout: 15_000 }, async () => {
  const source = followed({ objects: {}, hangs: true });
  expect(source.reachable).toBe(true);
  await expect.poll(() => source.reachable, { timeout: 10_000 }).toBe(false);
});
