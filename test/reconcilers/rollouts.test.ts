import { describe, expect, test } from "vitest";
import { at, list, ofKind, wiredWith } from "./wired.ts";

const clusters = wiredWith("argocd");
const option = "RespectIgnoreDifferences=true";

describe("Argo CD", () => {
  const applications = clusters.flatMap(({ objects, slices }) =>
    slices.map((rendered) => ({
      hasRollouts: ofKind(rendered.objects, "Rollout").length > 0,
      spec: ofKind(objects, "Application").find(({ metadata }) => metadata.name === rendered.slice.owner)?.[
        "spec"
      ],
    })),
  );
  const withRollouts = applications.filter(({ hasRollouts }) => hasRollouts);

  test("leaves it to Argo Rollouts which pods a Service serves, when it looks and when it syncs", () => {
    expect(withRollouts.length).toBeGreaterThan(0);
    for (const { spec } of withRollouts) {
      expect(list(at(spec, "ignoreDifferences"))).toEqual([
        { kind: "Service", jsonPointers: ["/spec/selector/rollouts-pod-template-hash"] },
      ]);
      expect(list(at(spec, "syncPolicy", "syncOptions"))).toContain(option);
    }
  });

  test("overlooks nothing of a slice that has none", () => {
    for (const { spec } of applications.filter(({ hasRollouts }) => !hasRollouts)) {
      expect(at(spec, "ignoreDifferences")).toBeUndefined();
      expect(list(at(spec, "syncPolicy", "syncOptions"))).not.toContain(option);
    }
  });
});
