import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { field, list, number, stringMap } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { hasLabels } from "./label-selector.ts";
import { portsOf, workloadText } from "./workloads.ts";
import type { ContainerView, PodTemplate } from "./workloads.ts";

/** What a Service sends requests to says when it can take them; and a slow pod is not restarted for being slow. */
export const probes: Check = {
  id: "probes",
  *run(input) {
    const index = indexOf(input);
    const told = new Set<string>();
    for (const service of index.all("/Service")) {
      if (field(service.object, "spec", "publishNotReadyAddresses") === true) continue;
      for (const { template, container } of served(input, service)) {
        const key = `${template.namespace}/${template.name}/${container.path}`;
        if (
          told.has(key) ||
          !index.isOwn(template.source) ||
          field(container.spec, "readinessProbe") !== undefined
        )
          continue;
        told.add(key);
        yield objectProblem(
          probes.id,
          input,
          template.source,
          `Service ${service.object.metadata.name} sends requests to container ${container.name} of ${workloadText(template)}, which has no readiness probe`,
          "add probes.readiness: without it a pod gets requests before it can answer them",
          `${container.path}.readinessProbe`,
        );
      }
    }
    for (const template of index.templates.filter(({ source }) => index.isOwn(source))) {
      for (const container of template.containers) yield* sameProbe(input, template, container);
    }
  },
};

/** Containers that a Service's ports lead to. */
function served(
  input: RenderedCluster,
  service: RenderedObject,
): readonly { template: PodTemplate; container: ContainerView }[] {
  const selector = stringMap(service.object, "spec", "selector");
  if (Object.keys(selector).length === 0) return [];
  const targets = new Set(
    list(service.object, "spec", "ports").map((entry) => field(entry, "targetPort") ?? number(entry, "port")),
  );
  return indexOf(input)
    .templatesIn(service.object.metadata.namespace)
    .filter(({ labels, kind }) => kind !== "batch/Job" && hasLabels(labels, selector))
    .flatMap((template) =>
      template.containers
        .filter((container) =>
          portsOf(container).some((port) => targets.has(port.name) || targets.has(port.number)),
        )
        .map((container) => ({ template, container })),
    );
}

function* sameProbe(
  input: RenderedCluster,
  template: PodTemplate,
  container: ContainerView,
): Iterable<Problem> {
  const liveness = field(container.spec, "livenessProbe");
  const readiness = field(container.spec, "readinessProbe");
  if (liveness === undefined || !isDeepStrictEqual(liveness, readiness)) return;
  yield objectProblem(
    probes.id,
    input,
    template.source,
    `liveness and readiness of container ${container.name} are the same probe: what should wait for it restarts it`,
    "let liveness wait longer (failureThreshold, periodSeconds), ask something simpler, or leave it out",
    `${container.path}.livenessProbe`,
  );
}
