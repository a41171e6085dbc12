import { config, deployment, role, serviceMonitor, userInstanceApi } from "#synth";
import type { Component, PublicImage, Stage } from "#synth";
import type { MeshContext } from "../parameters.ts";
import { ports } from "../ports.ts";
import { instancesNamespace } from "./namespace.ts";
import { reaperProgram } from "./reaper-program.ts";

const nodeImage: PublicImage =
  "docker.io/library/node:24.15.0-alpine3.23@sha256:d1b3b4da11eefd5941e7f0b9cf17783fc99d9c6fc34884a665f40a06dbdfc94f";

const name = "instance-reaper";
const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What deletes idle instances; undefined where there are none. It sees and deletes them, and may do nothing else. */
export function reaper(stage: Stage, context: MeshContext): Component<"metrics"> | undefined {
  if (context.parameters.instances === undefined) return undefined;
  const { group, version, plural } = userInstanceApi;
  const namespace = instancesNamespace(context);
  role(stage, name, {
    namespace,
    serviceAccount: name,
    rules: [{ apiGroups: [group], resources: [plural], verbs: ["list", "delete"] }],
  });
  const component = deployment(stage, name, {
    image: nodeImage,
    replicas: 1,
    kubernetesApi: true,
    command: ["node", "/program/reaper.mjs"],
    ports: { metrics: ports.metrics },
    env: {
      INSTANCES_URL: `https://kubernetes.default.svc/apis/${group}/${version}/namespaces/${namespace}/${plural}`,
      ACCOUNT_FOLDER: account,
      NODE_EXTRA_CA_CERTS: `${account}/ca.crt`,
      EVERY_SECONDS: "60",
      METRICS_PORT: String(ports.metrics),
    },
    mounts: [
      {
        path: "/program",
        readOnly: true,
        source: { config: config(stage, name, { "reaper.mjs": reaperProgram }) },
      },
    ],
    resources: { cpu: { request: "20m" }, memory: { request: "64Mi", limit: "128Mi" } },
    probes: {
      readiness: { http: "/healthz", port: "metrics" },
      liveness: { http: "/healthz", port: "metrics", periodSeconds: 60 },
    },
  });
  if (context.capabilities.monitoring !== undefined) {
    serviceMonitor(stage, component.port("metrics"), {
      exports: [
        "user_instances",
        "user_instances_reaped_total",
        "user_instances_spared_total",
        "user_instance_reaper_errors_total",
        "user_instance_reaper_last_round_timestamp_seconds",
      ],
    });
  }
  return component;
}
