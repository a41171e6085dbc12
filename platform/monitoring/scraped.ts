import { scrapes } from "#synth";
import type { Capabilities, Component } from "#synth";

/** Lets Prometheus read the port `metrics` of these pods, where the cluster has a Prometheus. */
export function scraped(capabilities: Partial<Capabilities>, ...targets: readonly Component<"metrics">[]) {
  return scrapes(
    { capabilities },
    targets.map((target) => target.port("metrics")),
  );
}
