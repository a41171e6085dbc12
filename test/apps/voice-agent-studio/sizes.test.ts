import { describe, expect, test } from "vitest";
import { sizes } from "../../../apps/voice-agent-studio/sizes.ts";
import type { SizeName } from "../../../apps/voice-agent-studio/sizes.ts";
import { containerPath, kiro, onAws, place, shared } from "./fixture.ts";

/** Bytes of a quantity in Mi or Gi. */
function bytes(quantity: string): number {
  const unit = quantity.endsWith("Gi") ? 2 ** 30 : 2 ** 20;
  return Number.parseInt(quantity, 10) * unit;
}

describe("sizes", () => {
  const table: readonly [SizeName, number, number, string, string, string][] = [
    ["demo", 1, 1, "500m", "1Gi", "5"],
    ["small", 1, 1, "1", "2Gi", "10"],
    ["medium", 2, 3, "2", "4Gi", "10"],
    ["large", 3, 5, "2", "4Gi", "10"],
  ];

  test.each(table)("%s is what the sizing table says", (size, min, max, cpu, memory, sessions) => {
    const { of, problems } = place({ size, storage: shared });
    expect(problems).toEqual([]);
    expect(of("Deployment")).toHaveProperty(`${containerPath}.resources.requests`, { cpu, memory });
    expect(of("ConfigMap", "voice-agent-studio-config")).toMatchObject({
      data: { MAX_ACP_SESSIONS: sessions },
    });
    if (min === max) {
      expect(of("Deployment")).toMatchObject({ spec: { replicas: min } });
      expect(of("HorizontalPodAutoscaler")).toBeUndefined();
    } else {
      expect(of("Deployment")).not.toHaveProperty("spec.replicas");
      expect(of("HorizontalPodAutoscaler")).toMatchObject({
        spec: { minReplicas: min, maxReplicas: max },
      });
    }
  });

  test.each(Object.entries(sizes))("%s holds a kiro-cli process for every session", (_name, size) => {
    const worstCase = size.maxSessions * 200e6 + bytes("512Mi");
    expect(bytes(size.memory.limit)).toBeGreaterThanOrEqual(worstCase);
  });

  test("kiro-cli sessions scale on memory too, and leave a pod an hour to empty", () => {
    const stateless = place({ size: "large", storage: shared }).of("HorizontalPodAutoscaler");
    const stateful = place({ size: "large", storage: shared, authentication: kiro }).of(
      "HorizontalPodAutoscaler",
    );
    expect(stateless).toMatchObject({ spec: { metrics: [{ resource: { name: "cpu" } }] } });
    expect(stateful).toMatchObject({
      spec: {
        metrics: [{ resource: { name: "cpu" } }, { resource: { name: "memory" } }],
        behavior: { scaleDown: { stabilizationWindowSeconds: 3600 } },
      },
    });
  });

  test("a size that scales is refused where nothing measures pods", () => {
    const { resourceMetrics: _, ...capabilities } = onAws;
    expect(place({ size: "medium", storage: shared, capabilities }).problems).toMatchObject([
      { what: "size medium scales on CPU and memory, which voice-agent-test does not measure" },
    ]);
  });
});
