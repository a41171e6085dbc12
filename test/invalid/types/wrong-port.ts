import { deployment, flows, ingress } from "#synth";
import type { DeploymentSpec } from "../../../synth/kubernetes/workload.ts";
import type { Stage } from "#synth";

export function open(stage: Stage, spec: DeploymentSpec<"http">): void {
  const web = deployment(stage, "web", spec);
  // error: TS2345
  flows(stage, [{ from: ingress, to: web.port("htpp") }]);
}

export const probed: Pick<DeploymentSpec<"http">, "probes"> = {
  // error: TS2322
  probes: { readiness: { http: "/ready", port: "https" } },
};
