import { ApiObject } from "cdk8s";
import { place, Stage } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import { attractorFactory } from "../../../apps/attractor-factory/app.ts";
import type { Parameters } from "../../../apps/attractor-factory/parameters.ts";
import { plain } from "../../../synth/objects/plain.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";

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
) {
  const reports: string[] = [];
  const report = (what: string): void => {
    reports.push(what);
  };
  const namespace = "factory-system";
  const context = { cluster, capabilities, namespace, report };
  const placement = place(attractorFactory, {
    environment: "prod",
    namespace,
    parameters: { ...parameters, ...values },
  });
  const bound = placement.bind({
    ...context,
    environment: "prod",
    images: {
      api: `registry/api:${tag}`,
      web: `registry/web:${tag}`,
      controller: `registry/controller:${tag}`,
      runner: `registry/runner:${tag}`,
    },
  });
  if (bound === undefined) throw new Error("the cluster lacks a capability");
  const stageContext = {
    ...context,
    labels: { "app.kubernetes.io/instance": "attractor-factory" },
    identity: () => ({}),
    secretPath: "attractor-factory/prod",
    trace: false,
  };
  const stages = {
    data: new Stage("data", stageContext),
    migrate: new Stage("migrate", stageContext),
    serve: new Stage("serve", stageContext),
  };
  bound.render(stages);
  const objects = Object.entries(stages).flatMap(([stage, tree]) =>
    tree.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => ({
        stage,
        kind: object.kind,
        name: object.name,
        namespace: object.metadata.namespace ?? namespace,
        content: plain(object.toJson()),
      })),
  );
  return { namespaces: bound.namespaces(), reports, objects };
}

export type Rendered = ReturnType<typeof rendered>;

/** One object by kind and the start of its name, as Jobs end in a digest. */
export function one({ objects }: Rendered, kind: string, name: string, namespace = "factory-system") {
  const found = objects.filter(
    (object) =>
      object.kind === kind &&
      object.namespace === namespace &&
      (object.name === name || (kind === "Job" && object.name.startsWith(`${name}-`))),
  );
  const [object] = found;
  if (object === undefined || found.length > 1)
    throw new Error(`${found.length} objects are ${kind} ${namespace}/${name}`);
  return object;
}

/** What the pods of a workload are made of. */
export function podOf({ kind, content }: Rendered["objects"][number]): Json | undefined {
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
