import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { Server } from "node:https";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../../scripts/loopback/certificate.ts";
import type { FleetStatus } from "../../scripts/status/fleet-status.ts";
import { knownClusters } from "../../scripts/status/live/known-clusters.ts";
import { inOneProcess } from "../commands/one-process.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-live-status-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const slipway = inOneProcess();

/** A kubeconfig whose contexts lead to these servers. */
function kubeconfig(name: string, servers: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  const names = Object.keys(servers);
  const content = {
    contexts: names.map((each) => ({ name: each, context: { cluster: each, user: "reader" } })),
    clusters: names.map((each) => ({
      name: each,
      cluster: { server: servers[each], "insecure-skip-tls-verify": true },
    })),
    users: [{ name: "reader", user: {} }],
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** The port of discard, where nobody listens. */
const dead = "https://127.0.0.1:9";

describe("clusters of the fleet that can be asked", () => {
  const names = ["local", "shop-dev", "shop-prod"];

  test("are those that a context is named after, as people, AWS and kind name them", () => {
    const contexts = {
      "kind-local": dead,
      "arn:aws:eks:eu-central-1:111122223333:cluster/shop-prod": dead,
      "not-shop-dev": dead,
    };
    const path = kubeconfig("contexts", contexts);
    expect(
      knownClusters(names, folder, { KUBECONFIG: `${join(folder, "none")}${delimiter}${path}` }),
    ).toEqual([
      { cluster: "local", kubeconfig: path, context: "kind-local" },
      {
        cluster: "shop-prod",
        kubeconfig: path,
        context: "arn:aws:eks:eu-central-1:111122223333:cluster/shop-prod",
      },
    ]);
  });

  test("are first those that were started on this machine", () => {
    const root = join(folder, "clone");
    const state = join(root, ".slipway/clusters/mine");
    mkdirSync(state, { recursive: true });
    writeFileSync(
      join(state, "cluster.json"),
      JSON.stringify({ provider: "kind", cluster: "local", nodes: "min" }),
    );
    const path = kubeconfig("both", { local: dead });
    const environment = { KUBECONFIG: path };
    expect(knownClusters(names, root, environment)).toMatchObject([{ kubeconfig: path }]);
    writeFileSync(join(state, "kubeconfig"), "{}");
    expect(knownClusters(names, root, environment)).toEqual([
      { cluster: "local", kubeconfig: join(state, "kubeconfig") },
    ]);
  });
});

describe("slipway status --live", () => {
  const application = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "voice-agent-studio-prod", namespace: "argocd" },
    spec: { source: { path: "dist/voice-agent-prod/applications/voice-agent-studio-prod" } },
    status: { sync: { status: "OutOfSync" }, health: { status: "Healthy" } },
  };
  const resource = {
    resource: "applications",
    responseKind: { kind: "Application" },
    scope: "Namespaced",
    verbs: ["list"],
  };
  const kinds = {
    items: [
      { metadata: { name: "argoproj.io" }, versions: [{ version: "v1alpha1", resources: [resource] }] },
    ],
  };
  const answers: Readonly<Record<string, unknown>> = {
    "/api": { items: [] },
    "/apis": kinds,
    "/apis/argoproj.io/v1alpha1": {
      resources: [{ name: "applications", kind: "Application", namespaced: true, verbs: ["list"] }],
    },
    "/apis/argoproj.io/v1alpha1/applications": { metadata: {}, items: [application] },
  };
  /** What an API server with one Application says; real ones are in the live suite. */
  const answerer: RequestListener = ({ url = "" }, response) => {
    const answer = answers[url.replace(/\?.*/, "")];
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? {}));
  };
  let server: Server;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const { certificate, key } = await makeCertificate(join(folder, "tls"), ["localhost"]);
    server = createServer({ cert: certificate, key }, answerer);
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const path = kubeconfig("fleet", {
      "voice-agent-prod": `https://127.0.0.1:${port}`,
      "attractor-factory": dead,
    });
    env = { KUBECONFIG: path };
  });
  afterAll(() => void server.close());

  test("joins each environment with what its cluster makes of it; one that is not reached is a line", async () => {
    const { status, stdout, stderr } = await slipway(["status", "--live"], { env });
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(stdout).toMatch(/^voice-agent-studio +prod .*out-of-sync, healthy /m);
    expect(stdout).toMatch(/^attractor-factory +prod .*not reached /m);
    expect(stdout).toMatch(/^voice-agent-prod +1 of 1 part not synced and healthy/m);
    expect(stdout).toMatch(/^attractor-factory +not reached: .*127\.0\.0\.1:9/m);
    expect(stdout).toMatch(/^voice-agent-nonprod +not reached: kubectl has no context of its name/m);
    expect(stdout).toMatch(/^on voice-agent-prod\nvoice-agent-studio-prod {2}out-of-sync, healthy$/m);
  });

  test("gives the same to programs and to the page", async () => {
    const { stdout } = await slipway(["status", "--live", "--json"], { env });
    const { environments, live: clusters = [] }: FleetStatus = JSON.parse(stdout);
    const prod = environments.filter(({ environment }) => environment === "prod");
    expect(prod.find(({ app }) => app === "voice-agent-studio")?.live).toEqual([
      {
        cluster: "voice-agent-prod",
        state: "present",
        sync: "out-of-sync",
        health: "healthy",
        revision: null,
      },
    ]);
    expect(prod.find(({ app }) => app === "attractor-factory")?.live).toMatchObject([
      { cluster: "attractor-factory", state: "unreachable", sync: null },
    ]);
    expect(clusters.find(({ cluster }) => cluster === "voice-agent-prod")).toMatchObject({
      reachable: true,
      why: null,
      parts: [{ name: "voice-agent-studio-prod", sync: "out-of-sync", health: "healthy" }],
    });
    const page = join(folder, "fleet.html");
    expect((await slipway(["status", "--live", "--html", page], { env })).status).toBe(2);
    expect(readFileSync(page, "utf8")).toMatch(/live: out-of-sync, healthy/);
  });

  test("says how a cluster becomes known where none is", async () => {
    const { status, stderr } = await slipway(["status", "--live"], {
      env: { KUBECONFIG: join(folder, "none") },
    });
    expect(status).toBe(1);
    expect(stderr).toContain("no context of kubectl is named after one");
    expect(stderr).toContain("aws eks update-kubeconfig");
  });

  test("takes flags of the fleet for the fleet alone", async () => {
    const { status, stderr } = await slipway(["status", "--live", "--cluster", "x", "--html", "y"]);
    expect(status).toBe(1);
    expect(stderr).toContain("--html is for a look at the fleet");
  });
});
