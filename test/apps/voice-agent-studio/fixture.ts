import { voiceAgentStudio as studio } from "../../../apps/voice-agent-studio/app.ts";
import type { Authentication } from "../../../apps/voice-agent-studio/parameters.ts";
import type { Parameters } from "../../../apps/voice-agent-studio/parameters.ts";
import { Stage } from "#synth";
import type { Capabilities, ClusterView } from "#synth";

const network = {
  cidr: "10.42.0.0/16",
  publicSubnets: ["10.42.0.0/20", "10.42.16.0/20"],
  privateSubnets: ["10.42.64.0/18", "10.42.128.0/18"],
};
export const eks: ClusterView = {
  provider: "eks",
  name: "voice-agent-test",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [{ name: "workers", instanceTypes: ["t3.large"], min: 2, max: 4, capacity: "on-demand" }],
  network,
  account: "111122223333",
  region: "us-east-1",
  eksName: "voice-agent-test",
  outputs: {
    vpcId: "vpc-0123456789abcdef0",
    oidcIssuer: "oidc.eks.us-east-1.amazonaws.com/id/ABC",
  },
  roles: {},
};
export const kind: ClusterView = {
  provider: "kind",
  name: "local-test",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [{ name: "local", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  network,
};

export const alb = {
  controller: "alb",
  scheme: "internet-facing",
  certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/abc",
  webAclArn: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/studio/abc",
} as const;
export const onAws = {
  ingress: alb,
  blockStorage: { driver: "ebs", className: "gp3" },
  sharedStorage: { driver: "efs", className: "efs", fileSystemId: "fs-0123456789abcdef0" },
  secretStore: { backend: "secrets-manager" },
  resourceMetrics: { provider: "metrics-server" },
} as const;
export const onKind = {
  ingress: { controller: "traefik" },
  blockStorage: { driver: "local-path", className: "standard" },
  secretStore: { backend: "generated" },
} as const;

export const shared = { kind: "shared", size: "5Gi" } as const;
export const kiro = { mode: "token-volume" } as const;
export const modes = ["irsa", "token-volume", "api-key"] as const satisfies readonly Authentication["mode"][];
/** Where a Deployment holds the app's container. */
export const containerPath = "spec.template.spec.containers[0]";

type Needed = Partial<Capabilities> & Pick<Capabilities, "ingress" | "secretStore">;

interface Setting extends Partial<Parameters> {
  readonly cluster?: ClusterView;
  readonly capabilities?: Needed;
}

interface RenderedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** What a placement of the app renders, reports and asks of AWS; a demo on an EBS volume unless told. */
export function place({ cluster = eks, capabilities = onAws, ...parameters }: Setting = {}) {
  const problems: { what: string; fix: string }[] = [];
  const common = {
    cluster,
    capabilities,
    namespace: "voice-agent-studio",
    report: (what: string, fix: string) => void problems.push({ what, fix }),
  };
  const stage = new Stage("serve", {
    ...common,
    labels: { "app.kubernetes.io/instance": "voice-agent-studio" },
    identity: () => ({}),
    secretPath: "voice-agent-studio/test",
    trace: false,
  });
  const context = {
    ...common,
    environment: "prod",
    images: { app: "registry/voice-agent-studio:0.1.0" },
    parameters: {
      host: "studio.example.com",
      size: "demo",
      storage: { kind: "block", size: "1Gi" },
      ...parameters,
    },
  } as const;
  studio.render({ serve: stage }, context);
  const objects: readonly RenderedObject[] = stage.toJson();
  return {
    problems,
    kinds: objects.map((object) => object.kind),
    permissions: studio.permissions?.(context) ?? {},
    /** The object of a kind, by name. */
    of: (objectKind: string, name = "voice-agent-studio") =>
      objects.find((object) => object.kind === objectKind && object.metadata.name === name),
  };
}
