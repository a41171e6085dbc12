import type { Problem } from "../model/problem.ts";
import type { Slice } from "../resolve/slice.ts";
import type { Check, RenderedCluster } from "./check.ts";

/** Semantic version, written out; charts may put a v before it. */
const exact = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** A chart is the same one tomorrow. */
export const chartVersion: Check = {
  id: "chart-version",
  *run(input) {
    for (const { slice } of input.slices) {
      const { chart } = slice;
      if (chart === undefined) continue;
      if (!exact.test(chart.version)) {
        yield problem(
          input,
          slice,
          `chart ${chart.name} has version ${JSON.stringify(chart.version)}, which may mean another chart tomorrow`,
          "pin one version, such as 1.2.3",
        );
      }
      if (chart.mode === "inflate" && chart.digest === undefined) {
        yield problem(
          input,
          slice,
          `chart ${chart.name} is rendered here, and has no digest to tell that it is the same`,
          "add the digest of the packaged chart (sha256:…)",
        );
      }
      if (chart.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(chart.digest)) {
        yield problem(
          input,
          slice,
          `chart ${chart.name} has digest ${chart.digest}, which is none`,
          "correct it",
        );
      }
    }
  },
};

function problem(input: RenderedCluster, slice: Slice, what: string, fix: string): Problem {
  return {
    rule: chartVersion.id,
    at: { definition: slice.definition, cluster: input.cluster.view.name, object: slice.owner },
    what,
    fix,
  };
}
