import { config, defineAddon, defineApp, defineEksCluster, deployment, flows, ingress, place } from "#synth";
import type { Addon, AppContext, Capabilities, Cluster, Component, Fleet, Permissions, Stage } from "#synth";
import type { DeploymentSpec } from "../../synth/kubernetes/workload.ts";
import type { AwsSettings } from "../../synth/model/aws.ts";
import type { Network } from "../../synth/model/cluster-view.ts";
import type { NamespaceQuota, NamespaceSpec } from "../../synth/model/namespace.ts";
import type { AccountId, Environment, Region } from "../../synth/model/names.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";

type Context = AppContext<object, never, "web">;

/** A small fleet in which nothing is wrong: one EKS cluster, and on it one app with one web server. */
export interface Garden {
  readonly cluster?: string;
  readonly account?: AccountId;
  readonly region?: Region;
  readonly nodeGroups?: readonly [NodeGroup, ...NodeGroup[]];
  readonly network?: Network;
  /** By default the zone example.com. */
  readonly aws?: AwsSettings;
  /** Beside those it has: ingress by ALB, and nodes that scale. */
  readonly capabilities?: Partial<Capabilities>;
  readonly chartMode?: Cluster["chartMode"];
  readonly addons?: readonly Addon[];
  /** Default: dev. */
  readonly environment?: Environment;
  readonly namespace?: string;
  readonly quota?: NamespaceQuota;
  readonly otherNamespaces?: readonly NamespaceSpec[];
  readonly permissions?: Readonly<Record<string, Permissions>>;
  /** What the app renders; by default its web server. */
  readonly render?: (stage: Stage, context: Context) => void;
  /** Text of the cluster's facts; null for none. */
  readonly facts?: string | null;
  /** Text of the app's release; null for none. */
  readonly release?: string | null;
}

export const certificate =
  "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555";

const facts = {
  vpcId: "vpc-0123456789abcdef0",
  oidcIssuer: "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE",
  certificateArn: certificate,
  roles: {},
};

/** Facts of the cluster, with changes. */
export function factsWith(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...facts, ...changes });
}

export const workers: NodeGroup = {
  name: "workers",
  instanceTypes: ["m7i.large"],
  min: 2,
  max: 4,
  capacity: "on-demand",
};

export function garden(wish: Garden): {
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  readonly inputs: Inputs;
} {
  const name = wish.cluster ?? "garden";
  const cluster = defineEksCluster({
    name,
    kubernetes: "1.35",
    reconciler: "argocd",
    account: wish.account ?? "123456789012",
    region: wish.region ?? "us-west-2",
    nodeGroups: wish.nodeGroups ?? [workers],
    ...(wish.network && { network: wish.network }),
    aws: wish.aws ?? { zone: "example.com" },
    ...(wish.chartMode && { chartMode: wish.chartMode }),
    outputs: ["certificateArn"],
    capabilities: ({ certificateArn }) => ({
      ingress: { controller: "alb", scheme: "internal", certificateArn },
      nodeScaling: { provider: "cluster-autoscaler" },
      ...wish.capabilities,
    }),
    placements: [
      place(shop(wish), {
        environment: wish.environment ?? "dev",
        namespace: wish.namespace ?? "shop-dev",
        parameters: {},
        ...(wish.quota && { quota: wish.quota }),
      }),
    ],
  });
  const release = wish.release === undefined ? JSON.stringify({ images: { web: "1.0.0" } }) : wish.release;
  const facts = wish.facts === undefined ? factsWith({}) : wish.facts;
  return {
    fleet: {
      repository: { url: "https://github.com/example/garden.git", branch: "main" },
      addons: wish.addons ?? [],
      clusters: [cluster],
    },
    cluster,
    inputs: {
      facts: new Map(facts === null ? [] : [[name, facts]]),
      releases: new Map(release === null ? [] : [["shop/dev", release]]),
    },
  };
}

function shop({ otherNamespaces, permissions, render }: Garden) {
  return defineApp<object>()({
    name: "shop",
    description: "Sells plants",
    images: { web: { repository: "shop/web" } },
    needs: [],
    stages: ["serve"],
    ...(otherNamespaces && { namespaces: () => otherNamespaces }),
    ...(permissions && { permissions: () => permissions }),
    render: ({ serve }, context) => {
      if (render === undefined) webServer(serve, context);
      else render(serve, context);
    },
  });
}

/** Everything a web server has to say. */
export function webSpec({ images }: Pick<Context, "images">): DeploymentSpec<"http"> {
  return {
    image: images.web,
    replicas: 2,
    ports: { http: 8080 },
    resources: { cpu: { request: "100m" }, memory: { request: "128Mi", limit: "256Mi" } },
    probes: { readiness: { http: "/ready", port: "http" } },
  };
}

/** The web server, open to the load balancer. */
export function webServer(
  stage: Stage,
  context: Context,
  change: Partial<DeploymentSpec<"http">> = {},
): Component<"http"> {
  const web = deployment(stage, "web", { ...webSpec(context), ...change });
  flows(stage, [{ from: ingress, to: web.port("http") }]);
  return web;
}

interface AddonWish extends Partial<Pick<Addon, "after" | "dependsOn" | "layer">> {
  readonly namespace?: NamespaceSpec;
  readonly chart?: { readonly name: string; readonly version: string; readonly digest?: `sha256:${string}` };
  readonly values?: object;
  readonly render?: (stage: Stage) => void;
}

/** An add-on that every cluster wants. */
export function addon(name: string, wish: AddonWish = {}): Addon {
  const {
    namespace = { name },
    layer = "controllers",
    dependsOn = [],
    after = [],
    chart,
    values = {},
    render,
  } = wish;
  return defineAddon({
    name,
    description: `The ${name} of the garden`,
    layer,
    wanted: () => true,
    dependsOn,
    after,
    namespace,
    ...(chart && {
      chart: {
        ...chart,
        repository: "https://charts.example.com",
        kinds: { cluster: [], namespaced: ["/ConfigMap", "/Secret", "batch/Job"] },
        values: () => values,
      },
    }),
    render: render ?? ((stage) => void config(stage, name, { sun: "half" })),
  });
}
