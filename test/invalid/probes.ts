import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const probe = { http: "/ready", port: "http" } as const;

export default [
  invalidGarden(
    {
      title: "a Service before pods that do not say when they are ready",
      what: "Service web sends requests to container web of Deployment web, which has no readiness probe",
      fix: "add probes.readiness: without it a pod gets requests before it can answer them",
      object: "Deployment/shop-dev/web spec.template.spec.containers[0].readinessProbe",
    },
    { render: (stage, context) => webServer(stage, context, { probes: {} }) },
  ),
  invalidGarden(
    {
      title: "one probe for both",
      what: "liveness and readiness of container web are the same probe: what should wait for it restarts it",
      fix: "let liveness wait longer (failureThreshold, periodSeconds), ask something simpler, or leave it out",
    },
    {
      render: (stage, context) =>
        webServer(stage, context, { probes: { readiness: probe, liveness: probe } }),
    },
  ),
];
