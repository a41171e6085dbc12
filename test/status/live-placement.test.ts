import { describe, expect, test } from "vitest";
import { livePlacements, partsOf } from "../../scripts/status/live/live-placement.ts";
import type { LiveCluster } from "../../scripts/status/live/look-at-clusters.ts";
import { liveText } from "../../scripts/status/live/wording.ts";
import { part } from "../dashboard/source.ts";

function live(cluster: string, parts: LiveCluster["parts"]): LiveCluster {
  return { cluster, reachable: true, why: null, parts };
}

describe("an environment", () => {
  const placed = { app: "shop", environment: "prod", clusters: ["one"] };
  const told = (clusters: readonly LiveCluster[], on = placed.clusters) =>
    liveText(livePlacements({ ...placed, clusters: on }, clusters));

  test("is as the worst of its parts is, be they one Application or a Kustomization for each stage", () => {
    const stages = live("one", [
      part("shop-prod-1-data", { layer: "applications" }),
      part("shop-prod-2-serve", { layer: "applications", health: "degraded" }),
      part("shop-prod-exporter", { layer: "controllers", health: "missing" }),
    ]);
    expect(partsOf("shop-prod", stages)).toHaveLength(2);
    expect(told([stages])).toBe("synced, degraded at 1a2b3c4d");
    expect(told([live("one", [part("shop-prod")])])).toBe("synced, healthy at 1a2b3c4d");
    expect(told([live("one", [])])).toBe("not there");
    expect(told([])).toBe("not reached");
  });

  test("tells its clusters apart where it has several", () => {
    expect(told([live("one", [part("shop-prod")])], ["one", "two"])).toBe(
      "one: synced, healthy at 1a2b3c4d; two: not reached",
    );
  });
});
