import type { Problem } from "../model/problem.ts";
import { sliceProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** A stage without objects is a folder that git does not have: its reconciler would wait for it for ever. */
export const emptySlice: Check = {
  id: "empty-slice",
  *run(input): Iterable<Problem> {
    for (const { slice, objects, isPartial } of input.slices) {
      if (slice.chart !== undefined || isPartial) continue;
      for (const stage of slice.stages) {
        if (objects.some((rendered) => rendered.stage === stage)) continue;
        yield sliceProblem(
          emptySlice.id,
          input,
          slice,
          `stage ${stage} of ${slice.owner} renders nothing`,
          "render something into it, or leave it out",
        );
      }
    }
  },
};
