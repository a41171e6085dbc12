import type { RenderedObject } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { stackKinds, stackName } from "./stack.ts";
import type { AwsStack, StackContent, StackInput, StackKind } from "./stack.ts";
import { network } from "./stacks/network.ts";

/** What each kind of stack holds; undefined where the cluster has no use for it. */
const contents: Readonly<Record<StackKind, (input: StackInput) => StackContent | undefined>> = {
  network,
  eks: () => undefined,
  ecr: () => undefined,
  storage: () => undefined,
  secrets: () => undefined,
  iam: () => undefined,
  waf: () => undefined,
  zone: () => undefined,
  cert: () => undefined,
  dns: () => undefined,
};

/**
 * The CloudFormation stacks underneath a cluster, in the order in which they are deployed; none where it is not on AWS.
 *
 * @param objects all that is rendered for the cluster
 */
export function awsStacks(cluster: ResolvedCluster, objects: readonly RenderedObject[]): readonly AwsStack[] {
  const { view } = cluster;
  if (view.provider !== "eks") return [];
  return stackKinds.flatMap((kind) => {
    const content = contents[kind]({ view, cluster, objects });
    if (content === undefined) return [];
    const stack: AwsStack = {
      kind,
      name: stackName(view, kind),
      template: content.template,
      parameters: content.parameters,
      capabilities: content.capabilities ?? [],
      phase: kind === "dns" ? "publication" : "infrastructure",
      tags: { "slipway.dev/cluster": view.name },
    };
    return [stack];
  });
}
