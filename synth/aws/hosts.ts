import { list, text } from "../objects/json-fields.ts";
import type { StackInput } from "./stack.ts";

/** Names that the cluster's load balancers answer to, each once, sorted; none where no ALB serves them. */
export function hostsOf({ cluster, objects }: Pick<StackInput, "cluster" | "objects">): readonly string[] {
  if (cluster.capabilities.ingress?.controller !== "alb") return [];
  const hosts = objects
    .filter(({ object }) => object.kind === "Ingress")
    .flatMap(({ object }) => list(object, "spec", "rules"))
    .flatMap((rule) => text(rule, "host") ?? []);
  return [...new Set(hosts)].toSorted();
}

/** Zone that the hosts of a cluster are in: its own, or one that is there already; undefined where it has neither. */
export function zoneNameOf({
  cluster,
  settings,
}: Pick<StackInput, "cluster" | "settings">): string | undefined {
  return cluster.capabilities.dns?.zone ?? settings.zone;
}

/** Whether a name is a zone's own, or one below it. */
export function isInZone(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
