import type { AwsSettings } from "../model/aws.ts";
import type { Cluster } from "../model/cluster.ts";
import type { ClusterView, EksView } from "../model/cluster-view.ts";
import type { RenderedObject } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { Template } from "./template.ts";

/** Every kind of stack a cluster may have, in the order in which they are deployed: each after those it takes values from. */
export const stackKinds = [
  "network",
  "eks",
  "zone",
  "ecr",
  "storage",
  "secrets",
  "waf",
  "iam",
  "cert",
  "dns",
] as const;

export type StackKind = (typeof stackKinds)[number];

/** Where the value of a template's parameter comes from when the stack is deployed. */
export type ParameterSource =
  /** Output of a stack of the same cluster, deployed before. */
  | { readonly from: "stack"; readonly stack: StackKind; readonly output: string }
  /** Id of a public Route 53 zone that exists already, `Z…`. */
  | { readonly from: "zone"; readonly zone: string }
  /** Of the load balancer that serves a host: its DNS name, or the zone that Route 53 knows it in. */
  | {
      readonly from: "load-balancer";
      readonly host: string;
      readonly value: "dnsName" | "hostedZoneId";
    };

/** One CloudFormation stack of a cluster. */
export interface AwsStack {
  readonly kind: StackKind;
  /** `<cluster>-<kind>`. */
  readonly name: string;
  readonly template: Template;
  /** The template as YAML. */
  readonly text: string;
  /** Source of each of the template's parameters, by the parameter's name. */
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  /** What CloudFormation wants to be told before it makes roles. */
  readonly capabilities: readonly ("CAPABILITY_IAM" | "CAPABILITY_NAMED_IAM")[];
  /** "publication" comes after the cluster serves: it needs load balancers that the cluster makes. */
  readonly phase: "infrastructure" | "publication";
  /** Outputs with the ARN of a service account's role, by `<namespace>/<service account>`. */
  readonly roles: Readonly<Record<string, string>>;
  /** Tags of the stack, which CloudFormation puts on everything in it. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What a kind of stack adds to its name and place; undefined where a cluster has no use for the stack. */
export interface StackContent {
  readonly template: Template;
  readonly parameters: AwsStack["parameters"];
  readonly capabilities?: AwsStack["capabilities"];
  readonly roles?: AwsStack["roles"];
}

/** What stacks are made from: a cluster with all that will run on it. */
export interface StackInput {
  /** Every cluster, for what clusters of one account share. */
  readonly clusters: readonly Cluster[];
  readonly view: EksView;
  readonly settings: AwsSettings;
  readonly cluster: ResolvedCluster;
  readonly objects: readonly RenderedObject[];
}

export function stackName({ name }: Pick<ClusterView, "name">, kind: StackKind): string {
  return `${name}-${kind}`;
}
