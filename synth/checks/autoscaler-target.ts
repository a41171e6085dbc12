import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { splitGroupKind } from "../objects/group-kind.ts";
import { field, list, number, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { autoscalers } from "./replicas.ts";
import type { Autoscaler } from "./replicas.ts";
import { isSidecar } from "./workloads.ts";
import type { PodTemplate } from "./workloads.ts";

/** Every autoscaler has a workload that leaves the replicas to it and requests what it measures. */
export const autoscalerTarget: Check = {
  id: "autoscaler-target",
  *run(input) {
    const index = indexOf(input);
    const targets = new Map<PodTemplate, RenderedObject>();
    for (const autoscaler of autoscalers(index)) {
      const { rendered, target, name, min, max } = autoscaler;
      const { namespace } = rendered.object.metadata;
      const template = index
        .templatesIn(namespace)
        .find((candidate) => candidate.kind === target && candidate.name === name);
      if (min > max) {
        yield problem(input, rendered, `its minimum ${min} is above its maximum ${max}`, "swap them", "spec");
      }
      if (template === undefined) {
        if (!index.hasUnknownObjects(namespace)) yield missingTarget(input, autoscaler);
        continue;
      }
      const other = targets.get(template);
      if (other !== undefined) {
        yield problem(
          input,
          rendered,
          `${other.object.kind} ${other.object.metadata.name} scales ${name} already: they would undo each other`,
          "merge the metrics of both into one autoscaler",
          "spec.scaleTargetRef",
        );
      }
      targets.set(template, rendered);
      yield* ownReplicas(input, autoscaler, template);
      yield* missingRequests(input, autoscaler, template);
    }
  },
};

function problem(
  input: RenderedCluster,
  rendered: RenderedObject,
  what: string,
  fix: string,
  path: string,
): Problem {
  return objectProblem(autoscalerTarget.id, input, rendered, what, fix, path);
}

function missingTarget(input: RenderedCluster, { rendered, target, name }: Autoscaler): Problem {
  const index = indexOf(input);
  const { namespace } = rendered.object.metadata;
  const { kind } = splitGroupKind(target);
  return problem(
    input,
    rendered,
    `it scales ${kind} ${name}, which namespace ${namespace ?? ""} does not have`,
    didYouMean(name, index.names(target, namespace), "point it at a workload of its own namespace"),
    "spec.scaleTargetRef",
  );
}

function* ownReplicas(
  input: RenderedCluster,
  { rendered }: Autoscaler,
  template: PodTemplate,
): Iterable<Problem> {
  const replicas = number(template.workload, "spec", "replicas");
  if (replicas === undefined) return;
  yield problem(
    input,
    template.source,
    `it fixes ${replicas} replicas, and ${rendered.object.kind} ${rendered.object.metadata.name} scales it: each sync would undo the scaling`,
    "leave replicas out, or remove the autoscaler",
    "spec.replicas",
  );
}

function* missingRequests(
  input: RenderedCluster,
  { rendered }: Autoscaler,
  template: PodTemplate,
): Iterable<Problem> {
  for (const { resource, container: only } of measured(rendered)) {
    const containers = template.containers.filter((container) => !container.init || isSidecar(container));
    for (const container of containers) {
      if (only !== undefined && container.name !== only) continue;
      // A limit without a request is the request, too.
      const given = ["requests", "limits"].some(
        (bound) => field(container.spec, "resources", bound, resource) !== undefined,
      );
      if (given) continue;
      yield problem(
        input,
        template.source,
        `${rendered.object.kind} ${rendered.object.metadata.name} scales on ${resource}, which container ${container.name} does not request: it has no percentage to reckon with`,
        `request ${resource} in that container`,
        `${container.path}.resources.requests`,
      );
    }
  }
}

/** Resources whose use an autoscaler compares with what the containers request. */
function measured(rendered: RenderedObject): readonly { resource: string; container?: string }[] {
  const metrics = list(rendered.object, "spec", "metrics").flatMap((metric) => {
    const source = text(metric, "type") === "Resource" ? "resource" : "containerResource";
    const resource = text(metric, source, "name");
    const container = text(metric, source, "container");
    const percentage = number(metric, source, "target", "averageUtilization") !== undefined;
    if (resource === undefined || !percentage) return [];
    return [{ resource, ...(container !== undefined && { container }) }];
  });
  const triggers = list(rendered.object, "spec", "triggers").flatMap((trigger) => {
    const resource = text(trigger, "type") ?? "";
    const percentage = (text(trigger, "metricType") ?? "Utilization") === "Utilization";
    return percentage && (resource === "cpu" || resource === "memory") ? [{ resource }] : [];
  });
  return [...metrics, ...triggers];
}
