import { alerts, serviceMonitor, slo } from "#synth";
import type { Component, Stage } from "#synth";
import { reaperAlerts } from "./alerts.ts";
import type { MeshContext } from "./parameters.ts";
import { slos } from "./slos.ts";

/** What Prometheus asks, on clusters that have it; what is promised of the app; and what fails before anybody notices. */
export function monitoring(
  stage: Stage,
  { capabilities, parameters }: MeshContext,
  backend: Component<"metrics">,
): void {
  if (capabilities.monitoring === undefined) return;
  serviceMonitor(stage, backend.port("metrics"), {
    // Its images promise no metric by name.
    exports: [],
    hasPreview: capabilities.progressiveDelivery !== undefined,
  });
  for (const declared of slos) slo(stage, declared);
  if (parameters.instances !== undefined) alerts(stage, "instance-reaper", reaperAlerts);
}
