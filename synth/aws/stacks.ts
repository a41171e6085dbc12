import type { Fleet } from "../model/fleet.ts";
import type { RenderedObject } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { stackKinds, stackName } from "./stack.ts";
import type { AwsStack, StackContent, StackInput, StackKind } from "./stack.ts";

import { cert } from "./stacks/cert.ts";
import { dns } from "./stacks/dns.ts";
import { ecr } from "./stacks/ecr.ts";
import { eks } from "./stacks/eks.ts";
import { iam } from "./stacks/iam.ts";
import { network } from "./stacks/network.ts";
import { secrets } from "./stacks/secrets.ts";
import { storage } from "./stacks/storage.ts";
import { waf } from "./stacks/waf.ts";
import { zone } from "./stacks/zone.ts";

import { templateText } from "./template-text.ts";

/** What each kind of stack holds; undefined where the cluster has no use for it. */
const contents: Readonly<Record<StackKind, (input: StackInput) => StackContent | undefined>> = {
  network,
  eks,
  zone,
  ecr,
  storage,
  secrets,
  waf,
  iam,
  cert,
  dns,
};

/**
 * The CloudFormation stacks underneath a cluster, in the order in which they are deployed; none where it is not on AWS.
 *
 * @param objects all that is rendered for the cluster
 */
export function awsStacks(
  { clusters }: Fleet,
  cluster: ResolvedCluster,
  objects: readonly RenderedObject[],
): readonly AwsStack[] {
  const { view } = cluster;
  const definition = clusters.find(({ name }) => name === view.name);
  if (view.provider !== "eks" || definition?.provider !== "eks") return [];
  const settings = definition.aws;
  return stackKinds.flatMap((kind) => {
    const content = contents[kind]({ clusters, view, settings, cluster, objects });
    if (content === undefined) return [];
    const stack: AwsStack = {
      kind,
      name: stackName(view, kind),
      template: content.template,
      text: templateText(content.template),
      parameters: content.parameters,
      capabilities: content.capabilities ?? [],
      roles: content.roles ?? {},
      phase: kind === "dns" ? "publication" : "infrastructure",
      tags: { "slipway.dev/cluster": view.name },
    };
    return [stack];
  });
}
