import type { IPodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { defineAddon } from "#synth";
import { fluxNamespace } from "./flux.ts";
import type { FluxInstance } from "./resources/flux-instance.ts";

const components = [
  "source-controller",
  "kustomize-controller",
  "helm-controller",
  "notification-controller",
] as const;

function podMonitor(
  name: string,
  port: string,
  selector: NonNullable<IPodMonitor["spec"]>["selector"],
): IPodMonitor {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name },
    spec: { selector, podMetricsEndpoints: [{ port }] },
  };
}

const podMonitors = [
  podMonitor("flux", "http-prom", {
    matchExpressions: [{ key: "app", operator: "In", values: [...components] }],
  }),
  podMonitor("flux-operator", "http-metrics", {
    matchLabels: { "app.kubernetes.io/name": "flux-operator" },
  }),
];

/** What kustomize-controller is told besides its own arguments. */
const argumentsAdded = [
  // A fix must not wait until what it fixes has timed out.
  "--feature-gates=CancelHealthCheckOnNewRevision=true",
  // By default 30 s, for each link of the longest chain of slices; Flux's own advice for large fleets.
  "--requeue-dependency=5s",
];

/** One operation of a JSON patch, in YAML. */
function addArgument(argument: string): string {
  return `- op: add
  path: /spec/template/spec/containers/0/args/-
  value: ${argument}
`;
}

export const fluxInstance = defineAddon({
  name: "flux-instance",
  description: "Flux: its version, its controllers and their size",
  layer: "configuration",
  wanted: ({ reconciler }) => reconciler === "flux",
  dependsOn: ["flux"],
  after: ["prometheus-operator-crds"],
  namespace: fluxNamespace,
  render: (stage, { cluster, capabilities }) => {
    stage.addResource({
      apiVersion: "fluxcd.controlplane.io/v1",
      kind: "FluxInstance",
      metadata: {
        name: "flux",
        // Deleting it uninstalls Flux, which could then never bring it back.
        annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
      },
      spec: {
        distribution: { version: "2.9.4", registry: "ghcr.io/fluxcd" },
        components,
        cluster: {
          type: cluster.provider === "eks" ? "aws" : "kubernetes",
          size: cluster.provider === "eks" ? "medium" : "small",
          networkPolicy: true,
          // Each Kustomization names its service account; the one that brings them all needs Flux' own rights.
          multitenant: false,
        },
        kustomize: {
          patches: [
            {
              target: { kind: "Deployment", name: "kustomize-controller" },
              patch: argumentsAdded.map(addArgument).join(""),
            },
          ],
        },
        wait: true,
      },
    } satisfies FluxInstance);
    if (capabilities.monitoring === undefined) return;
    for (const monitor of podMonitors) stage.addResource(monitor);
  },
});
