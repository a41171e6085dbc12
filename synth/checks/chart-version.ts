import { isChartLocation, isExactVersion } from "../model/chart.ts";
import { sliceProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** A chart is the same one tomorrow. */
export const chartVersion: Check = {
  id: "chart-version",
  *run(input) {
    for (const { slice } of input.slices) {
      const { chart } = slice;
      if (chart === undefined) continue;
      if (!isExactVersion(chart.version)) {
        yield sliceProblem(
          chartVersion.id,
          input,
          slice,
          `chart ${chart.name} has version ${JSON.stringify(chart.version)}, which may mean another chart tomorrow`,
          "pin one version, such as 1.2.3",
        );
      }
      if (!isChartLocation(chart)) {
        yield sliceProblem(
          chartVersion.id,
          input,
          slice,
          `chart ${JSON.stringify(chart.name)} from ${JSON.stringify(chart.repository)} cannot be had`,
          "name the chart in lower case, and its repository by an https:// or oci:// address",
        );
      }
      if (chart.mode === "inflate" && chart.digest === undefined) {
        yield sliceProblem(
          chartVersion.id,
          input,
          slice,
          `chart ${chart.name} is rendered here, and has no digest to tell that it is the same`,
          "add the digest of the packaged chart (sha256:…)",
        );
      }
      if (chart.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(chart.digest)) {
        yield sliceProblem(
          chartVersion.id,
          input,
          slice,
          `chart ${chart.name} has digest ${chart.digest}, which is none`,
          "correct it",
        );
      }
    }
  },
};
