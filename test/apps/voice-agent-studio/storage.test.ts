import { describe, expect, test } from "vitest";
import { containerPath, onAws, place, shared } from "./fixture.ts";

describe("storage", () => {
  test("a block volume belongs to one pod, which stops before the next one starts", () => {
    const { of } = place({ storage: { kind: "block", size: "1Gi" } });
    expect(of("PersistentVolumeClaim", "agent-configs")).toMatchObject({
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "gp3",
        resources: { requests: { storage: "1Gi" } },
      },
    });
    expect(of("Deployment")).toMatchObject({ spec: { strategy: { type: "Recreate" } } });
  });

  test("a shared volume lets pods roll over, and answers under way finish", () => {
    const { of } = place({ size: "medium", storage: shared });
    expect(of("PersistentVolumeClaim", "agent-configs")).toMatchObject({
      spec: { accessModes: ["ReadWriteMany"], storageClassName: "efs" },
    });
    expect(of("Deployment")).toMatchObject({
      spec: { strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } } },
    });
    expect(of("Deployment")).toHaveProperty(`${containerPath}.lifecycle.preStop.exec.command`, [
      "sleep",
      "30",
    ]);
    expect(of("PodDisruptionBudget")).toBeDefined();
  });

  test.each(["medium", "large"] as const)("size %s on a block volume is refused with its reason", (size) => {
    const { problems } = place({ size, storage: { kind: "block", size: "1Gi" } });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain("is mounted by one node at a time");
    expect(problems[0]?.fix).toContain('{ kind: "shared" }');
  });

  test("shared storage is refused where the cluster has none", () => {
    const { sharedStorage: _, ...capabilities } = onAws;
    expect(place({ storage: shared, capabilities }).problems).toMatchObject([
      { what: expect.stringContaining("claim agent-configs asks for shared storage") },
    ]);
  });
});
