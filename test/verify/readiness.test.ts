import { describe, expect, test } from "vitest";
import { isReady } from "../../scripts/verify/record/readiness.ts";

const rollout = (status: Readonly<Record<string, string>>) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  metadata: { name: "web", namespace: "shop", generation: 2 },
  status,
});

describe("a Rollout", () => {
  test("is ready when its controller calls its newest generation healthy", () => {
    expect(isReady(rollout({ observedGeneration: "2", phase: "Healthy" }))).toBe(true);
  });

  test("is not while new pods come up, nor by what was said of the generation before", () => {
    expect(isReady(rollout({ observedGeneration: "2", phase: "Progressing" }))).toBe(false);
    expect(isReady(rollout({ observedGeneration: "1", phase: "Healthy" }))).toBe(false);
    expect(isReady(rollout({}))).toBe(false);
  });
});
