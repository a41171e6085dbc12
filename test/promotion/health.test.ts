import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askHealth } from "../../scripts/promotion/health.ts";
import { garden } from "../invalid/garden.ts";

let server: Server;
let folder: string;
let kubeconfig: string;
/** What the API server answers, by path. */
const answers = new Map<string, unknown>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-health-"));
  kubeconfig = join(folder, "config");
  server = createServer((request, response) => {
    const answer = answers.get(request.url ?? "");
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { kind: "Status", status: "Failure", code: 404 }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const cluster = {
    name: "garden",
    cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true },
  };
  const context = { name: "garden", context: { cluster: "garden", user: "ada" } };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [cluster],
      contexts: [context],
      users: [{ name: "ada", user: {} }],
      "current-context": "garden",
    }),
  );
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const subject = { of: "app", name: "shop", step: "dev" } as const;
const ask = (reconciler: "argocd" | "flux", path: string | undefined = kubeconfig) => {
  const { fleet, cluster } = garden({});
  return askHealth({ fleet: { ...fleet, clusters: [{ ...cluster, reconciler }] } }, path)(subject);
};

const application = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop-dev";
const kustomizations = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations";
const kustomization = (path: string, status: string) => ({
  metadata: { name: path.replaceAll("/", "-") },
  spec: { path: `./dist/garden/applications/${path}` },
  status: { conditions: [{ type: "Ready", status }] },
});

describe("health of what is promoted", () => {
  test("is what its Application says", async () => {
    answers.set(application, { status: { health: { status: "Healthy" }, sync: { status: "Synced" } } });
    expect(await ask("argocd")).toMatchObject({ isHealthy: true });
    answers.set(application, { status: { health: { status: "Degraded" }, sync: { status: "Synced" } } });
    expect(await ask("argocd")).toEqual({
      isHealthy: false,
      because: "Application shop-dev is Degraded and Synced",
    });
  });

  test("is what all of its Kustomizations say, and nobody else's", async () => {
    answers.set(kustomizations, {
      items: [kustomization("shop-dev/1-data", "True"), kustomization("other-shop-dev", "False")],
    });
    expect(await ask("flux")).toMatchObject({ isHealthy: true });
    answers.set(kustomizations, {
      items: [kustomization("shop-dev/1-data", "True"), kustomization("shop-dev/2-serve", "False")],
    });
    expect(await ask("flux")).toEqual({
      isHealthy: false,
      because: "Kustomization shop-dev-2-serve is not Ready",
    });
    answers.set(kustomizations, { items: [] });
    expect(await ask("flux")).toMatchObject({ isHealthy: false });
  });

  test("is not known without a kubeconfig, nor where nobody answers", async () => {
    const { fleet } = garden({});
    expect(await askHealth({ fleet }, undefined)(subject)).toMatchObject({ isHealthy: undefined });
    answers.delete(application);
    expect(await ask("argocd")).toMatchObject({ isHealthy: undefined });
    expect((await ask("argocd", join(folder, "missing"))).because).toContain("garden cannot be asked");
  });
});
