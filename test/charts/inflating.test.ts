import { describe, expect, test } from "vitest";
import { defineAddon, defineFleet, defineLocalCluster } from "#synth";
import { fleet as committed } from "../../clusters/fleet.ts";
import { gatherInputs } from "../../scripts/workspace.ts";
import { chartRequests } from "../../synth/charts/request.ts";
import type { ChartRequest } from "../../synth/charts/request.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

interface Options {
  readonly version?: string;
  readonly values?: object;
  readonly mode?: "reference" | "inflate";
}

function fleetOf({ version = "1.0.0", values = {}, mode = "inflate" }: Options = {}) {
  const greeting = defineAddon({
    name: "greeting",
    description: "Greets.",
    layer: "controllers",
    wanted: () => true,
    namespace: { name: "hello" },
    chart: {
      repository: "https://charts.example.com",
      name: "keda",
      version,
      digest: `sha256:${"1".repeat(64)}`,
      kinds: { cluster: [], namespaced: [] },
      values: () => values,
    },
  });
  const cluster = defineLocalCluster({
    name: "here",
    provider: "embedded",
    kubernetes: "1.35",
    reconciler: "flux",
    chartMode: mode,
    nodeGroups: [{ name: "nodes", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
    capabilities: {},
    placements: [],
  });
  const repository = { url: "https://git.example.com/fleet.git", branch: "main" };
  return { fleet: defineFleet({ repository, addons: [greeting], clusters: [cluster] }), cluster };
}

const noInputs = { facts: new Map<string, string>(), releases: new Map<string, string>() };

function requestsOf(options: Options = {}): readonly ChartRequest[] {
  const { fleet, cluster } = fleetOf(options);
  const { resolved } = resolveCluster(fleet, cluster, noInputs);
  return resolved === undefined ? [] : [...chartRequests(resolved, schemaSet("1.35")).values()];
}

const keyOf = (options: Options = {}) => requestsOf(options)[0]?.key;

function synthesized(charts?: ReadonlyMap<string, string>) {
  const { fleet, cluster } = fleetOf();
  return synthesizeCluster(fleet, cluster, { ...noInputs, ...(charts && { charts }) });
}

describe("the request for a chart", () => {
  test("is made for charts in mode inflate only", () => {
    expect(requestsOf()).toHaveLength(1);
    expect(requestsOf({ mode: "reference" })).toEqual([]);
  });

  test("has the release, its namespace and the cluster's Kubernetes", () => {
    expect(requestsOf()[0]).toMatchObject({
      releaseName: "greeting",
      namespace: "hello",
      kubeVersion: "1.35.0",
    });
  });

  test("says which custom kinds the cluster serves: its charts' and its reconciler's", () => {
    const apiVersions = requestsOf()[0]?.apiVersions;
    expect(apiVersions).toContain("keda.sh/v1alpha1");
    expect(apiVersions).toContain("keda.sh/v1alpha1/ScaledObject");
    expect(apiVersions).toContain("kustomize.toolkit.fluxcd.io/v1/Kustomization");
    expect(apiVersions).not.toContain("monitoring.coreos.com/v1");
    expect(apiVersions).not.toContain("argoproj.io/v1alpha1/Application");
  });

  test("has a key that anything in it changes, and the order of values does not", () => {
    const keys = [keyOf(), keyOf({ version: "1.0.1" }), keyOf({ values: { a: 1 } })];
    expect(new Set(keys)).toHaveLength(3);
    expect(keyOf({ values: { a: 1, b: 2 } })).toBe(keyOf({ values: { b: 2, a: 1 } }));
    expect(keyOf()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("a chart in mode inflate", () => {
  test("is a problem with a fix while its objects are not there", () => {
    const missing = synthesized().problems.find(({ rule }) => rule === "chart-not-inflated");
    expect(missing?.at).toEqual({ definition: "platform/greeting.ts", cluster: "here", object: "greeting" });
    expect(missing?.fix).toContain("npm run synth");
  });

  test("has its objects checked and in dist like others", () => {
    const text =
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { a: b }, portz: [] }\n";
    const { files, problems } = synthesized(new Map([[keyOf() ?? "", text]]));
    expect(files.map(({ path }) => path)).toContain("here/controllers/greeting/Service.web.yaml");
    expect(problems.find(({ rule }) => rule === "schema")?.at).toMatchObject({
      definition: "platform/greeting.ts",
      object: expect.stringContaining("Service/hello/web"),
    });
  });
});

test("nothing is gathered for the committed fleet, which inflates nothing", async () => {
  expect(await gatherInputs(committed, committed.clusters)).not.toHaveProperty("charts");
});
