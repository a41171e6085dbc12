import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { chooseKubeconfig } from "../../scripts/dashboard/choose-kubeconfig.ts";
import { statusLines } from "../../scripts/dashboard/status-lines.ts";
import { slipway } from "../commands/slipway.ts";
import { part, release } from "./source.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "slipway-status-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A kubeconfig of an API server that does not answer. */
function deadKubeconfig(): string {
  const path = join(folder(), "kubeconfig");
  const content = {
    "current-context": "dead",
    contexts: [{ name: "dead", context: { cluster: "dead", user: "dead" } }],
    // The port of discard, where nobody listens.
    clusters: [{ name: "dead", cluster: { server: "https://127.0.0.1:9" } }],
    users: [{ name: "dead", user: {} }],
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** A clone in which clusters of these names were started, and are up or not. */
function cloneWith(clusters: Readonly<Record<string, boolean>>): string {
  const root = folder();
  for (const [name, isUp] of Object.entries(clusters)) {
    const state = join(root, ".slipway/clusters", name);
    mkdirSync(state, { recursive: true });
    writeFileSync(
      join(state, "cluster.json"),
      JSON.stringify({ provider: "kind", cluster: name, nodes: "min" }),
    );
    if (isUp) writeFileSync(join(state, "kubeconfig"), "{}");
  }
  return root;
}

describe("the cluster that is looked at", () => {
  const none = { KUBECONFIG: "/nowhere/kubeconfig" };

  test("is the one that is named, the only one that was started, or what kubectl would take", () => {
    const two = cloneWith({ local: true, other: true });
    expect(chooseKubeconfig({ cluster: "other" }, two, none).kubeconfig).toMatch(
      /clusters\/other\/kubeconfig$/,
    );
    expect(chooseKubeconfig({}, cloneWith({ local: true }), none).name).toBe("local");
    const own = deadKubeconfig();
    expect(chooseKubeconfig({}, folder(), { KUBECONFIG: `:${own}` })).toEqual({
      name: "dead",
      kubeconfig: own,
    });
    expect(chooseKubeconfig({ kubeconfig: own }, two, none)).toEqual({ name: "dead", kubeconfig: own });
  });

  test.each([
    [
      { cluster: "lokal" },
      { local: true },
      "no cluster lokal was started on this machine",
      "did you mean local",
    ],
    [{ cluster: "local" }, { local: false }, "cluster local is not up yet", "cluster up"],
    [{}, { local: true, other: true }, "several clusters were started here", "--cluster: local, other"],
    [{}, {}, "there is no kubeconfig to be read at /nowhere/kubeconfig", "--kubeconfig"],
  ])("is not guessed: %j where %j", (asked, clusters, what, fix) => {
    expect(() => chooseKubeconfig(asked, cloneWith(clusters), none)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ what, fix: expect.stringContaining(fix) })],
      }),
    );
  });
});

function tableOf(parts: typeof release): string {
  return statusLines({ cluster: "c", reachable: true, parts }, Infinity).join("\n");
}

describe("the table", () => {
  test("has a line for each part, and tells of what is not well", () => {
    const text = tableOf(release);
    expect(text).toMatch(/^external-secrets +controllers +out-of-sync +healthy +3 /m);
    expect(text).toContain("field is immutable");
    expect(text).toContain("  Deployment/factory-system/factory-api: out-of-sync, degraded, ReplicaSet");
    expect(text).toMatch(/3 of 8 parts not synced and healthy$/);
    expect(text).not.toMatch(/StatefulSet\/factory-system\/postgres/);
  });

  test("is quiet where all is well", () => {
    expect(tableOf([part("a"), part("b")])).toMatch(/^b .*\n\n2 parts, synced and healthy$/m);
  });

  test("obeys nothing that a cluster says", () => {
    const hostile = "\u001b[2J\u202eevil";
    const text = tableOf([part(hostile, { error: hostile, health: "degraded", layer: hostile })]);
    for (const obeyed of ["\u001b[2J", "\u202e"]) expect(text).not.toContain(obeyed);
    expect(text).toContain("\\u001b[2J\\u202eevil");
  });
});

describe("slipway status --live", { timeout: 90_000 }, () => {
  test("says that the API server does not answer, with exit code 1", async () => {
    const { status, stderr } = await slipway(["status", "--live", "--kubeconfig", deadKubeconfig()]);
    expect(status).toBe(1);
    expect(stderr).toContain("the API server does not tell its state");
  });

  test("says that the port of its page is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const args = ["status", "--live", "--kubeconfig", deadKubeconfig(), "--serve", "--port", port];
    const { status, stderr } = await slipway(args);
    // Not before: with the port free, it would serve and never end.
    server.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`port ${port} is taken`);
  });
});
