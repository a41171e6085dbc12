import { field } from "../objects/json-fields.ts";
import { quantity } from "./quantity.ts";
import { isSidecar } from "./workloads.ts";
import type { ContainerView, PodTemplate } from "./workloads.ts";

/** Cores and bytes. */
export interface Demand {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * What the scheduler and a quota count for one pod: the containers and sidecars together, or the largest init
 * container beside the sidecars before it, whichever is more.
 */
export function podDemand(template: PodTemplate, bound: "requests" | "limits" = "requests"): Demand {
  return { cpu: podAmount(template, bound, "cpu"), memory: podAmount(template, bound, "memory") };
}

function podAmount({ containers }: PodTemplate, bound: "requests" | "limits", resource: string): number {
  let sidecars = 0;
  let starting = 0;
  let running = 0;
  for (const container of containers) {
    const amount = containerAmount(container, bound, resource);
    if (isSidecar(container)) sidecars += amount;
    else if (container.init) starting = Math.max(starting, sidecars + amount);
    else running += amount;
  }
  return Math.max(starting, sidecars + running);
}

/** A missing request is its limit, as the API server fills it in. */
function containerAmount(container: ContainerView, bound: "requests" | "limits", resource: string): number {
  const amount = field(container.spec, "resources", bound, resource);
  const limit = field(container.spec, "resources", "limits", resource);
  return quantity(amount ?? limit) ?? 0;
}
