import type { Problem } from "../model/problem.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { chartObjects } from "./objects.ts";
import type { ChartRequest } from "./request.ts";

interface DrawnSlice {
  readonly rendered: RenderedSlice;
  readonly problems: readonly Problem[];
}

/** The slice with the objects of its inflated chart among its own. */
export function withChart(
  drawn: DrawnSlice,
  request: ChartRequest | undefined,
  inflated: ReadonlyMap<string, string> | undefined,
  schemas: SchemaSet,
): DrawnSlice {
  if (request === undefined) return drawn;
  const { slice, objects } = drawn.rendered;
  const { owner, definition, namespace } = slice;
  const cluster = slice.context.cluster.name;
  const text = inflated?.get(request.key);
  if (text === undefined) {
    const missing: Problem = {
      rule: "chart-not-inflated",
      at: { definition, cluster, object: owner },
      what: `chart ${request.name} ${request.version} is in mode inflate, and its objects are not there`,
      fix: "npm run synth, which pulls and renders it",
    };
    return { ...drawn, problems: [...drawn.problems, missing] };
  }
  const chart = chartObjects(text, { namespace, definition, cluster }, schemas);
  const [stage = "main"] = slice.stages;
  return {
    rendered: {
      slice,
      objects: [
        ...objects,
        ...chart.objects.map((object) => ({ object, owner, definition, stage, stack: "" })),
      ],
    },
    problems: [...drawn.problems, ...chart.problems],
  };
}
