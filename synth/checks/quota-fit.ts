import type { RenderedObject } from "../render/render.ts";
import { field, fields, list } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { cpuText, memoryText, quantity } from "./quantity.ts";
import { podCount } from "./replicas.ts";
import { podDemand } from "./requests.ts";

/** A namespace's quota has room for all its pods at the autoscalers' maximum. */
export const quotaFit: Check = {
  id: "quota-fit",
  *run(input) {
    for (const quota of indexOf(input).all("/ResourceQuota")) {
      const used = usage(input, quota);
      for (const [resource, bound] of Object.entries(fields(quota.object, "spec", "hard"))) {
        const allowed = quantity(bound);
        const wanted = used[resource];
        // Sums of binary fractions are not exact.
        if (allowed === undefined || wanted === undefined || wanted <= allowed * (1 + 1e-9)) continue;
        yield objectProblem(
          quotaFit.id,
          input,
          quota,
          `namespace ${quota.object.metadata.namespace ?? ""} needs ${amountText(resource, wanted)} of ${resource} at its autoscalers' maximum, and its quota is ${String(bound)}`,
          "raise the quota where the namespace is placed, or lower requests or the autoscalers' maximum",
          `spec.hard[${resource}]`,
        );
      }
    }
  },
};

/** What everything rendered in the quota's namespace counts for, by the quota's own names. */
function usage(input: RenderedCluster, quota: RenderedObject): Readonly<Record<string, number>> {
  const index = indexOf(input);
  const { namespace } = quota.object.metadata;
  const total = { pods: 0, cpu: 0, memory: 0, cpuLimit: 0, memoryLimit: 0 };
  const claims = index
    .in("/PersistentVolumeClaim", namespace)
    .map(({ object }) => ({ claim: object, count: 1 }));
  const templated: { claim: unknown; count: number }[] = [];
  for (const template of index.templatesIn(namespace)) {
    const { max } = podCount(index, template);
    const requests = podDemand(template);
    const limits = podDemand(template, "limits");
    total.pods += max;
    total.cpu += max * requests.cpu;
    total.memory += max * requests.memory;
    total.cpuLimit += max * limits.cpu;
    total.memoryLimit += max * limits.memory;
    for (const claim of list(template.workload, "spec", "volumeClaimTemplates")) {
      templated.push({ claim, count: max });
    }
  }
  const all = [...claims, ...templated];
  return {
    pods: total.pods,
    cpu: total.cpu,
    memory: total.memory,
    "requests.cpu": total.cpu,
    "requests.memory": total.memory,
    "limits.cpu": total.cpuLimit,
    "limits.memory": total.memoryLimit,
    persistentvolumeclaims: all.reduce((sum, { count }) => sum + count, 0),
    "requests.storage": all.reduce((sum, { claim, count }) => {
      const size = quantity(field(claim, "spec", "resources", "requests", "storage")) ?? 0;
      return sum + size * count;
    }, 0),
  };
}

function amountText(resource: string, amount: number): string {
  if (resource.endsWith("cpu")) return cpuText(amount);
  return /memory|storage/.test(resource) ? memoryText(amount) : String(amount);
}
