import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fleet } from "#synth";
import { findHelm } from "../../scripts/charts/helm.ts";
import type { Helm } from "../../scripts/charts/helm.ts";
import { inflateCharts } from "../../scripts/charts/inflate.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { clock, greeter, random } from "./inflate/chart-sources.ts";
import { serveCharts } from "./inflate/chart-server.ts";
import type { ChartServer } from "./inflate/chart-server.ts";
import { inflatingFleet } from "./inflate/inflating-fleet.ts";
import { packageChart } from "./inflate/package-chart.ts";
import type { PackagedChart } from "./inflate/package-chart.ts";

const helm = await helmOrNone();

async function helmOrNone(): Promise<Helm | undefined> {
  try {
    return await findHelm();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    for (const { what, fix } of error.problems)
      console.warn(`skipped inflate.test.ts: ${what}\n  fix  ${fix}`);
    return undefined;
  }
}

describe.skipIf(helm === undefined)("mode inflate", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-inflate-"));
  const cache = join(folder, "cache");
  const noInputs = { facts: new Map(), releases: new Map() };
  const charts = new Map<string, PackagedChart>();
  let server: ChartServer;

  beforeAll(async () => {
    if (helm === undefined) return;
    for (const source of [greeter, random, clock]) {
      const packaged = packageChart(helm, source, folder);
      charts.set(packaged.name, packaged);
    }
    server = await serveCharts([...charts.values()]);
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const digestOf = (name: string) => charts.get(name)?.digest ?? "sha256:";
  const fleetOf = (name: string, options: { replicas?: number; mirrored?: boolean } = {}) =>
    inflatingFleet({ name, host: server.host, digest: digestOf(name), ...options });
  const gather = (fleet: Fleet) => inflateCharts(fleet, fleet.clusters, noInputs, cache);
  const problemsOf = async (fleet: Fleet) => {
    const error: unknown = await gather(fleet).catch((caught: unknown) => caught);
    return error instanceof ProblemsError ? error.problems : [];
  };
  const synthesize = async (fleet: Fleet) => {
    const inputs = { ...noInputs, charts: await gather(fleet) };
    return fleet.clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs));
  };

  test("the chart's objects land in dist for both reconcilers and pass every check", async () => {
    const results = await synthesize(fleetOf("greeter"));
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    for (const { name, files } of results) {
      const owned = files.filter(({ path }) => path.startsWith(`${name}/controllers/greeting/`));
      expect(owned.map(({ path }) => path.split("/").at(-1)).toSorted()).toEqual([
        "ConfigMap.greeting.yaml",
        "CustomResourceDefinition.greetings.example.dev.yaml",
        "Deployment.greeting.yaml",
        "Service.greeting.yaml",
        "ServiceAccount.greeting.yaml",
      ]);
      const content = owned.find(({ path }) => path.includes("/Deployment."))?.content ?? "";
      expect(content).toContain("replicas: 2");
      expect(content).toContain("namespace: greeting");
      expect(content).toContain("--kubernetes=35");
      expect(content).toContain("defaultMode: 288");
    }
  });

  test("no reconciler pulls the chart as well", async () => {
    const [argocd, flux] = await synthesize(fleetOf("greeter"));
    const application = argocd?.files.find(({ path }) => path.endsWith("/Application.greeting.yaml"));
    expect(application?.content).toContain("path: dist/argocd/controllers/greeting");
    expect(application?.content).not.toContain("chart:");
    expect(flux?.files.filter(({ path }) => /HelmRelease|HelmRepository/.test(path))).toEqual([]);
  });

  test("what a chart asks to keep is kept by both reconcilers, like its CRDs", async () => {
    const [argocd, flux] = await synthesize(fleetOf("greeter"));
    for (const kind of ["ConfigMap", "CustomResourceDefinition"]) {
      const contentIn = (result: typeof argocd) =>
        result?.files.find(({ path }) => path.includes(`/greeting/${kind}.`))?.content;
      expect(contentIn(argocd)).toContain("Prune=false,Delete=false");
      expect(contentIn(flux)).toContain("kustomize.toolkit.fluxcd.io/prune: disabled");
    }
  });

  test("a chart with another digest than the pinned one is refused", async () => {
    const digest = `sha256:${"0".repeat(64)}` as const;
    const problems = await problemsOf(inflatingFleet({ name: "greeter", host: server.host, digest }));
    expect(problems[0]?.what).toContain(`has digest ${digestOf("greeter")}`);
    expect(problems[0]?.at.definition).toBe("platform/greeting.ts");
  });

  test("a chart that makes something up is refused by the name of its object", async () => {
    const problems = await problemsOf(fleetOf("random"));
    expect(problems.map(({ rule, at }) => `${rule} ${at.object}`)).toEqual([
      "chart-random ConfigMap/token",
      "chart-random ConfigMap/token",
    ]);
  });

  test("a chart that prints the time is refused", async () => {
    const problems = await problemsOf(fleetOf("clock"));
    expect(problems[0]?.at.object).toBe("ConfigMap/clock");
  });

  test("a chart that is not there is a problem with its repository", async () => {
    const digest = digestOf("greeter");
    const problems = await problemsOf(inflatingFleet({ name: "absent", host: server.host, digest }));
    expect(problems[0]?.what).toContain(`absent 1.0.0 cannot be pulled from http://${server.host}/charts`);
  });

  test("a second run asks nobody, and other values do not pull again", async () => {
    const first = await gather(fleetOf("greeter"));
    const asked = server.requests.length;
    expect(await gather(fleetOf("greeter"))).toEqual(first);
    const scaled = await gather(fleetOf("greeter", { replicas: 3 }));
    expect([...scaled.values()][0]).toContain("replicas: 3");
    expect(server.requests).toHaveLength(asked);
  });

  test("a corrupt cache is found out and filled again", async () => {
    const first = await gather(fleetOf("greeter"));
    for (const entry of readdirSync(cache, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), "broken");
    }
    const asked = server.requests.length;
    expect(await gather(fleetOf("greeter"))).toEqual(first);
    expect(server.requests.length).toBeGreaterThan(asked);
  });

  test("a cluster with a mirror pulls from the mirror alone", async () => {
    rmSync(cache, { recursive: true, force: true });
    server.requests.length = 0;
    const results = await synthesize(fleetOf("greeter", { mirrored: true }));
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(server.requests).toContain(`/v2/charts/greeter/blobs/${digestOf("greeter")}`);
    expect(server.requests.filter((path) => !path.startsWith("/v2/"))).toEqual([]);
  });
});
