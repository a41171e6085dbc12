import { describe, expect, test } from "vitest";
import { conversationDashboard } from "../../apps/conversation-platform/dashboard.ts";
import { prompt2meshDashboard } from "../../apps/prompt2mesh-app/dashboard.ts";
import { fleet } from "../../clusters/fleet.ts";
import { fleetDashboard } from "../../platform/monitoring/fleet-dashboard.ts";
import { exportsOf } from "../../synth/kubernetes/service-monitor.ts";
import { readQuery } from "../../synth/checks/promql.ts";
import { burnWindows } from "../../synth/observability/burn-rates.ts";
import { platformMetrics } from "../../synth/observability/platform-metrics.ts";
import { ratioSeries } from "../../synth/observability/slo.ts";
import { list, text } from "../../synth/objects/json-fields.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import { rendered } from "../apps/conversation-platform/rendered.ts";
import { objectsOfDist } from "./dist.ts";

const recorded = burnWindows.map(ratioSeries);
const exported = rendered().objects.flatMap(({ kind, content }) =>
  kind === "ServiceMonitor" && isKubernetesObject(content) ? exportsOf(content) : [],
);

interface Drawn {
  readonly path: string;
  readonly queries: readonly string[];
  readonly content: unknown;
}

/** Every dashboard of dist, as Grafana would read it. */
const drawn: readonly Drawn[] = objectsOfDist("ConfigMap")
  .filter(({ object }) => text(object, "metadata", "labels", "grafana_dashboard") === "1")
  .flatMap(({ path, object }) =>
    Object.values(JSON.parse(JSON.stringify(object)).data ?? {}).map((json) => {
      const content: unknown = JSON.parse(String(json));
      const queries = list(content, "panels").flatMap((panel) =>
        list(panel, "targets").map((target) => text(target, "expr") ?? ""),
      );
      return { path, queries, content };
    }),
  );

describe("every dashboard of dist", () => {
  test("is there: the fleet's on each cluster with Prometheus, and each app's", () => {
    const monitored = fleet.clusters
      .map(({ name }) => name)
      .filter((name) => drawn.some(({ path }) => path.includes(`/${name}/`)));
    expect(monitored).toEqual([
      "conversation-dev",
      "conversation-staging",
      "conversation-prod",
      "prompt2mesh-nonprod",
      "prompt2mesh-prod",
    ]);
    expect(drawn).toHaveLength(10);
  });

  test("asks in PromQL, for series that somebody records or exports", () => {
    for (const { path, queries } of drawn) {
      expect(queries.length, path).toBeGreaterThan(3);
      for (const query of queries) {
        // Grafana puts the chosen namespace in the place of the variable; either is a string to PromQL.
        const { isBroken, series } = readQuery(query);
        expect(isBroken, query).toBe(false);
        const known = new Set([
          ...recorded,
          ...platformMetrics,
          ...(path.includes("conversation") ? exported : []),
        ]);
        expect(series.length, query).toBeGreaterThan(0);
        expect(
          series.filter((name) => !known.has(name)),
          query,
        ).toEqual([]);
      }
    }
  });

  test("has panels side by side that do not lie on each other", () => {
    for (const { content, path } of drawn) {
      const places = list(content, "panels").map((panel) => JSON.parse(JSON.stringify(panel)).gridPos);
      for (const [index, a] of places.entries()) {
        for (const b of places.slice(index + 1)) {
          const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
          expect(apart, `${path}: ${JSON.stringify([a, b])}`).toBe(true);
        }
      }
    }
  });
});

test("a dashboard shows what is left of the budget of each objective of its app", () => {
  for (const { app, rows } of [conversationDashboard, prompt2meshDashboard]) {
    const [objectives] = rows;
    expect(objectives?.panels.filter(({ kind }) => kind === "stat").length, app).toBeGreaterThan(1);
  }
  expect(fleetDashboard.app).toBeUndefined();
});
