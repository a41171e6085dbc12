import { describe, expect, test } from "vitest";
import { compareSnapshots, snapshot } from "../../scripts/verify/record/snapshot.ts";
import { seen } from "./recorded.ts";

const config = { kind: "ConfigMap", name: "web", spec: { colour: "red", nested: { size: 1 } } };

describe("two snapshots of a cluster", () => {
  test("are the same if only what the API server and controllers write differs", () => {
    const before = seen(11, { ...config, status: { phase: "Pending" } });
    const later = seen(99, { ...config, status: { phase: "Bound" } });
    const after = {
      ...later,
      metadata: {
        ...later.metadata,
        generation: 7,
        annotations: { "deployment.kubernetes.io/revision": "3", "rollout.argoproj.io/revision": "2" },
      },
    };
    expect(compareSnapshots(snapshot([before]), snapshot([after]))).toEqual({
      missing: [],
      added: [],
      changed: [],
      recreated: [],
    });
  });

  test("differ in what is gone, new, changed and made anew, each by name", () => {
    const before = [
      seen(11, config),
      seen(12, { kind: "Secret", name: "gone" }),
      seen(13, { kind: "Service", name: "web" }),
    ];
    const after = [
      seen(14, { ...config, spec: { colour: "red", nested: { size: 2 } } }),
      seen(15, { kind: "Secret", name: "new" }),
      seen(16, { kind: "Service", name: "web", uid: "another" }),
    ];
    expect(compareSnapshots(snapshot(before), snapshot(after))).toEqual({
      missing: ["/Secret shop/gone"],
      added: ["/Secret shop/new"],
      changed: [{ key: "/ConfigMap shop/web", paths: ["spec.nested.size"] }],
      recreated: ["/Service shop/web"],
    });
  });
});
