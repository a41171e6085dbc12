import type { Problem } from "../model/problem.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { text } from "../objects/json-fields.ts";
import { chartProblem, objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import type { ClusterIndex } from "./index-objects.ts";
import { judgeStrings } from "./strings.ts";
import { workloadText } from "./workloads.ts";

const kind = "scheduling.k8s.io/PriorityClass";

/** Every priority class that pods and charts name exists; without it the API server refuses the pod. */
export const priorityClass: Check = {
  id: "priority-class",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      const name = text(template.spec, "priorityClassName");
      const path = `${template.path}.priorityClassName`;
      if (!name || exists(index, name)) continue;
      const { what, fix } = missing(index, workloadText(template), name);
      yield objectProblem(priorityClass.id, input, template.source, what, fix, path);
    }
    for (const slice of index.charts) {
      for (const { judged: name, path } of judgeStrings(slice.chart.values, priorityName)) {
        if (exists(index, name)) continue;
        const { what, fix } = missing(index, `chart of ${slice.owner}`, name);
        yield chartProblem(priorityClass.id, input, slice, what, fix, path);
      }
    }
  },
};

function priorityName(value: string, key: string): string | undefined {
  return key === "priorityClassName" && value !== "" ? value : undefined;
}

function exists(index: ClusterIndex, name: string): boolean {
  const builtIn = name === "system-cluster-critical" || name === "system-node-critical";
  return builtIn || index.find(kind, undefined, name) !== undefined || index.chartsBring(kind);
}

function missing(index: ClusterIndex, by: string, name: string): Pick<Problem, "what" | "fix"> {
  return {
    what: `${by} asks for priority class ${name}, which does not exist`,
    fix: didYouMean(name, index.names(kind), "render a PriorityClass of that name, or leave it out"),
  };
}
