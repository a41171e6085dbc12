import { place } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import { attractorFactory } from "../../../apps/attractor-factory/app.ts";
import type { Parameters } from "../../../apps/attractor-factory/parameters.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";
import { placed } from "../placed.ts";
import type { Placed } from "../placed.ts";

export const parameters: Parameters = {
  hostname: "factory.example.com",
  size: "large",
  runners: { size: "medium", concurrency: 10, timeLimitMinutes: 120 },
  backups: { schedule: "15 3 * * *", retentionDays: 30 },
};

/** Namespace of the runs. */
export const runs = "factory-system-runners";

/** What production on AWS can do. */
export const aws: Partial<Capabilities> = {
  ingress: {
    controller: "alb",
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/one",
  },
  blockStorage: { driver: "ebs", className: "gp3" },
  secretStore: { backend: "secrets-manager" },
  resourceMetrics: { provider: "metrics-server" },
  volumeSnapshots: { className: "ebs" },
};

/** What a developer's machine can do. */
export const local: Partial<Capabilities> = {
  ingress: { controller: "traefik" },
  blockStorage: { driver: "local-path", className: "standard" },
  secretStore: { backend: "generated" },
};

const cluster: ClusterView = {
  name: "test",
  provider: "kind",
  kubernetes: "1.35",
  reconciler: "flux",
  nodeGroups: [{ name: "default", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  network: { cidr: "10.42.0.0/16", publicSubnets: ["10.42.0.0/20"], privateSubnets: ["10.42.64.0/18"] },
};

/** The app as a cluster with these capabilities would get it. */
export function rendered(
  capabilities: Partial<Capabilities> = aws,
  values: Partial<Parameters> = {},
  tag = "1",
): Placed {
  const placement = place(attractorFactory, {
    environment: "prod",
    namespace: "factory-system",
    parameters: { ...parameters, ...values },
  });
  return placed(placement, { cluster, capabilities, tag });
}

/** What the pods of a workload are made of. */
export function podOf({ kind, content }: Placed["objects"][number]): Json | undefined {
  return at(content, kind === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec");
}

/** The value at a path such as `spec.template`; after a slash comes a key that has dots of its own. */
export function at(value: Json | undefined, path: string): Json | undefined {
  const [dotted = "", key] = path.split(/\/(.*)/s);
  let here: Json | undefined = value;
  for (const step of [...dotted.split("."), ...(key === undefined ? [] : [key])]) {
    if (typeof here !== "object" || here === null) return undefined;
    here = new Map<string, Json>(Object.entries(here)).get(step);
  }
  return here;
}
