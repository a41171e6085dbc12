import { place } from "#synth";
import type { Capabilities, CapabilityName, ClusterView } from "#synth";
import { contentStudio } from "../../../apps/content-studio/app.ts";
import type { Parameters } from "../../../apps/content-studio/parameters.ts";
import { field } from "../../../synth/objects/json-fields.ts";
import { placed } from "../placed.ts";

const network = {
  cidr: "10.42.0.0/16",
  publicSubnets: ["10.42.0.0/20", "10.42.16.0/20"],
  privateSubnets: ["10.42.64.0/18", "10.42.128.0/18"],
};

const eks: ClusterView = {
  provider: "eks",
  name: "studio-test",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [{ name: "workers", instanceTypes: ["m6i.xlarge"], min: 3, max: 9, capacity: "on-demand" }],
  network,
  account: "111122223333",
  region: "us-west-2",
  eksName: "studio-test",
  outputs: { vpcId: "vpc-0123456789abcdef0", oidcIssuer: "oidc.eks.us-west-2.amazonaws.com/id/ABC" },
  roles: {},
};

const kind: ClusterView = {
  provider: "kind",
  name: "local-test",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [{ name: "local", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  network,
};

const onAws: Partial<Capabilities> = {
  ingress: {
    controller: "alb",
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/one",
  },
  blockStorage: { driver: "ebs", className: "gp3" },
  secretStore: { backend: "secrets-manager" },
  resourceMetrics: { provider: "metrics-server" },
  eventScaling: { provider: "keda" },
  tracing: { provider: "datadog", site: "datadoghq.com" },
};

const onKind: Partial<Capabilities> = {
  ingress: { controller: "traefik" },
  blockStorage: { driver: "local-path", className: "standard" },
  secretStore: { backend: "generated" },
};

/** Production on AWS. */
const production: Parameters = {
  host: "studio.example.com",
  size: "large",
  events: "redis",
  storage: { provider: "s3", bucket: "media" },
  database: { kind: "managed" },
  ai: "gemini",
};

/** The machine of a developer. */
const laptop: Parameters = {
  host: "studio.localhost",
  size: "demo",
  events: "memory",
  storage: { provider: "database" },
  database: { kind: "in-cluster", size: "1Gi" },
  ai: "mock",
};

interface Setting {
  /** A capability that the cluster lacks. */
  readonly without?: CapabilityName;
  readonly parameters?: Partial<Parameters>;
  readonly server?: string;
}

/** What production's placement renders, reports and asks of AWS, with these deviations. */
export function onEks({ without, parameters = {}, server = "registry/server:1.2.0" }: Setting = {}) {
  const kept = Object.entries(onAws).filter(([name]) => name !== without);
  return rendered(eks, Object.fromEntries(kept), { ...production, ...parameters }, server);
}

/** What a developer's placement renders, with these deviations. */
export function onLaptop({ parameters = {} }: Pick<Setting, "parameters"> = {}) {
  return rendered(kind, onKind, { ...laptop, ...parameters }, "content-studio/server:local");
}

function rendered(
  cluster: ClusterView,
  capabilities: Partial<Capabilities>,
  parameters: Parameters,
  server: string,
) {
  const placement = place(contentStudio, { environment: "prod", parameters });
  const images = { server, web: "registry/web:1.2.0" };
  const { reports, permissions, objects } = placed(placement, { cluster, capabilities, images });
  const of = (kindName: string, name: string) =>
    objects.find((object) => object.kind === kindName && object.name === name)?.content;
  return {
    reports,
    permissions,
    kinds: new Set(objects.map((object) => object.kind)),
    of,
    /** The only container of a Deployment. */
    container: (name: string) => {
      const containers = field(of("Deployment", name), "spec", "template", "spec", "containers");
      if (!Array.isArray(containers)) throw new Error(`there is no Deployment ${name}`);
      const [only]: readonly unknown[] = containers;
      return only;
    },
  };
}
