import { place, Stage } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import { prompt2mesh } from "../../../apps/prompt2mesh-app/app.ts";
import type { Parameters } from "../../../apps/prompt2mesh-app/parameters.ts";
import { plain } from "../../../synth/objects/plain.ts";

export const parameters: Parameters = {
  host: "mesh.example.com",
  size: "large",
  database: { kind: "in-cluster", size: "10Gi" },
  sharedBlender: { nodeGroup: "instances" },
  langSmith: true,
  instances: { hostPrefix: "user-", domain: "example.com", maximum: 120, shards: 2, cpu: 64, memoryGiB: 240 },
};

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
  progressiveDelivery: { provider: "argo-rollouts" },
  userInstances: { provider: "kro", nodeGroup: "instances" },
};

/** What a developer's machine can do. */
export const local: Partial<Capabilities> = {
  ingress: { controller: "traefik" },
  blockStorage: { driver: "local-path", className: "standard" },
  secretStore: { backend: "generated" },
};

const taint = { key: "slipway.dev/node-group", value: "instances", effect: "NoSchedule" } as const;

const cluster: ClusterView = {
  name: "test",
  provider: "kind",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [
    { name: "workers", instanceTypes: ["t3.xlarge"], min: 3, max: 20, capacity: "on-demand" },
    { name: "instances", instanceTypes: ["t3.xlarge"], min: 0, max: 20, capacity: "spot", taints: [taint] },
  ],
  network: { cidr: "10.42.0.0/16", publicSubnets: ["10.42.0.0/20"], privateSubnets: ["10.42.64.0/18"] },
};

/** The app as a cluster with these capabilities would get it. */
export function rendered(capabilities = aws, values: Partial<Parameters> = {}, tag = "1", isShared = false) {
  const { instances, ...shared } = parameters;
  const reports: string[] = [];
  const report = (what: string): void => void reports.push(what);
  const namespace = "prompt2mesh";
  const context = { cluster, capabilities, namespace, report };
  const placement = place(prompt2mesh, {
    environment: "prod",
    namespace,
    // Shared: without instances of users' own.
    parameters: { ...shared, ...(!isShared && instances && { instances }), ...values },
  });
  const images = {
    backend: `registry/backend:${tag}`,
    streamlit: `registry/streamlit:${tag}`,
    blender: `registry/blender:${tag}`,
  };
  const bound = placement.bind({ ...context, environment: "prod", images });
  if (bound === undefined) throw new Error("the cluster lacks a capability");
  const stageContext = {
    ...context,
    labels: { "app.kubernetes.io/instance": "prompt2mesh-prod" },
    identity: () => ({}),
    secretPath: "prompt2mesh/prod",
    trace: false,
  };
  const stages = {
    data: new Stage("data", stageContext),
    migrate: new Stage("migrate", stageContext),
    serve: new Stage("serve", stageContext),
  };
  bound.render(stages);
  const objects = Object.entries(stages).flatMap(([stage, tree]) =>
    tree.apiObjects.map((object) => ({
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

/** One object by kind and name; of a Job by the start of its name, which ends in a digest. */
export function one({ objects }: Rendered, kind: string, name: string, namespace = "prompt2mesh") {
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
