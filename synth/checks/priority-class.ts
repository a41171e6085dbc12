import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { didYouMean } from "./did-you-mean.ts";
import { indexOf } from "./index-objects.ts";
import { text } from "./json-fields.ts";
import { judgeStrings } from "./strings.ts";
import { workloadText } from "./workloads.ts";

/** Every priority class that pods and charts name exists; without it the API server refuses the pod. */
export const priorityClass: Check = {
  id: "priority-class",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      const name = text(template.spec, "priorityClassName");
      const path = `${template.path}.priorityClassName`;
      if (name) yield* missing(input, template.source, workloadText(template), name, path);
    }
    for (const rendered of input.objects) {
      if (!["Application", "HelmRelease"].includes(rendered.object.kind)) continue;
      for (const { judged, path } of judgeStrings(rendered.object, priorityName)) {
        yield* missing(input, rendered, `chart of ${rendered.owner}`, judged, path);
      }
    }
  },
};

function priorityName(value: string, key: string): string | undefined {
  return key === "priorityClassName" && value !== "" ? value : undefined;
}

function* missing(
  input: RenderedCluster,
  rendered: RenderedObject,
  by: string,
  name: string,
  path: string,
): Iterable<Problem> {
  const index = indexOf(input);
  const kind = "scheduling.k8s.io/PriorityClass";
  if (name === "system-cluster-critical" || name === "system-node-critical") return;
  if (index.find(kind, undefined, name) !== undefined || index.chartsBring(kind)) return;
  yield objectProblem(
    priorityClass.id,
    input,
    rendered,
    `${by} asks for priority class ${name}, which does not exist`,
    didYouMean(name, index.names(kind), "render a PriorityClass of that name, or leave it out"),
    path,
  );
}
