import { instancesSuffix, k8s, userInstanceApi, usersPerLoadBalancer } from "#synth";
import type { Stage } from "#synth";
import type { Instances, MeshContext } from "../parameters.ts";

/** Users' instances live apart from what they share, in a namespace where nothing else is to be found. */
export function instancesNamespace({ namespace }: Pick<MeshContext, "namespace">): string {
  return `${namespace}${instancesSuffix}`;
}

/** That namespace, which holds as many instances as there may be at once. */
export function instanceNamespaces(context: MeshContext) {
  const { capabilities, parameters } = context;
  if (parameters.instances === undefined) return [];
  const { cpu, memoryGiB, maximum } = parameters.instances;
  return [
    {
      name: instancesNamespace(context),
      // Blender and its agent; those that are still stopping count as well.
      quota: {
        cpu: String(cpu),
        memory: `${memoryGiB}Gi`,
        pods: 2 * maximum + 10,
        persistentVolumeClaims: 0,
      },
      loadBalanced: capabilities.ingress.controller === "alb",
    },
  ];
}

const quantity = (text: string): k8s.Quantity => k8s.Quantity.fromString(text);

/** What the namespace bounds: how many instances there are, and how large a container is, whoever made it. */
export function instanceBounds(stage: Stage, context: MeshContext, instances: Instances): void {
  checkShards(context, instances);
  const metadata = { namespace: instancesNamespace(context) };
  const { group, plural } = userInstanceApi;
  stage.add(k8s.KubeResourceQuota, "user-instances", {
    metadata,
    spec: { hard: { [`count/${plural}.${group}`]: quantity(String(instances.maximum)) } },
  });
  // The document's figures for a Blender.
  const most = { cpu: quantity("2"), memory: quantity("4Gi") };
  stage.add(k8s.KubeLimitRange, "user-instances", {
    metadata,
    spec: {
      limits: [
        {
          type: "Container",
          max: most,
          default: most,
          defaultRequest: { cpu: quantity("500m"), memory: quantity("1Gi") },
        },
      ],
    },
  });
}

function checkShards({ report }: MeshContext, { maximum, shards }: Instances): void {
  if (!Number.isInteger(maximum) || maximum < 1) {
    report(`instances.maximum is ${maximum}`, "make it a whole number above 0");
  }
  if (maximum <= shards * usersPerLoadBalancer) return;
  report(
    `${maximum} instances on ${shards} load balancers are more than ${usersPerLoadBalancer} on each on average, and one of them would get more than the 100 rules that it takes`,
    "raise instances.shards, or lower instances.maximum",
  );
}
