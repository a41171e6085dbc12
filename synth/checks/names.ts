import { dnsLabelRule, isDnsLabel } from "../model/dns-label.ts";
import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { list, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";

const subdomain = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const subdomainRule = "labels of lower-case letters, digits and dashes, joined by dots, at most 253";

/** Names that become parts of paths, hosts and labels are valid as all of these. */
export const names: Check = {
  id: "names",
  *run(input) {
    const { view, definition } = input.cluster;
    yield* sliceName(input, definition, "cluster", view.name);
    for (const { name } of view.nodeGroups) yield* sliceName(input, definition, "node group", name);
    for (const { slice } of input.slices) {
      yield* sliceName(input, slice.definition, "owner", slice.owner);
      for (const stage of slice.stages) yield* sliceName(input, slice.definition, "stage", stage);
    }
    const index = indexOf(input);
    for (const job of index.all("batch/Job")) yield* jobName(input, job);
    for (const ingress of index.all("networking.k8s.io/Ingress")) yield* hosts(input, ingress);
  },
};

function* sliceName(
  input: RenderedCluster,
  definition: string,
  what: string,
  name: string,
): Iterable<Problem> {
  if (isDnsLabel(name)) return;
  yield {
    rule: names.id,
    at: { definition, cluster: input.cluster.view.name },
    what: `${what} ${JSON.stringify(name)} is not a DNS label, and is part of paths and names`,
    fix: `use ${dnsLabelRule}`,
  };
}

/** A Job's pods carry its name as a label. Names of objects otherwise are the schema rule's to judge. */
function* jobName(input: RenderedCluster, job: RenderedObject): Iterable<Problem> {
  const { name } = job.object.metadata;
  if (name.length <= 63) return;
  yield objectProblem(
    names.id,
    input,
    job,
    `its name has ${name.length} characters, and its pods could not carry it as a label`,
    "use at most 63 characters, of which job(…) takes 11 for its digest",
    "metadata.name",
  );
}

function* hosts(input: RenderedCluster, ingress: RenderedObject): Iterable<Problem> {
  for (const [position, rule] of list(ingress.object, "spec", "rules").entries()) {
    const host = text(rule, "host");
    if (host === undefined || subdomain.test(host.replace(/^\*\./, ""))) continue;
    yield objectProblem(
      names.id,
      input,
      ingress,
      `host ${JSON.stringify(host)} is not a DNS name`,
      `use ${subdomainRule}`,
      `spec.rules[${position}].host`,
    );
  }
}
