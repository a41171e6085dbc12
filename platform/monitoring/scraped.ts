import type { Capabilities, Component } from "#synth";
import { monitoringNamespace } from "./namespace.ts";

/** Lets Prometheus read the port `metrics` of these pods, where the cluster has a Prometheus. */
export function scraped(capabilities: Partial<Capabilities>, ...targets: readonly Component<"metrics">[]) {
  if (capabilities.monitoring === undefined) return [];
  const from = { outside: "namespace", namespace: monitoringNamespace.name } as const;
  return targets.map((target) => ({ from, to: target.port("metrics") }));
}
