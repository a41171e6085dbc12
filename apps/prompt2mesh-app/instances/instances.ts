import { instanceSettings, k8s, role, userInstanceApi } from "#synth";
import type { Flow, InstanceSettings, PortRef, Stage } from "#synth";
import type { Instances, MeshContext } from "../parameters.ts";
import { ports } from "../ports.ts";
import { instanceBounds, instancesNamespace } from "./namespace.ts";

/** What users' own instances need of this environment, where it has any: bounds, settings, and rights of the backend. */
export function instances(data: Stage, serve: Stage, context: MeshContext): void {
  const { instances: chosen } = context.parameters;
  if (chosen === undefined) return;
  if (context.capabilities.userInstances === undefined) {
    context.report(
      `users get instances of their own, and ${context.cluster.name} has nothing that makes them`,
      'give the cluster the capability "userInstances", or leave instances out',
    );
  }
  instanceBounds(data, context, chosen);
  const namespace = instancesNamespace(context);
  serve.add(k8s.KubeConfigMap, instanceSettings, {
    metadata: { namespace },
    data: { ...settings(context, chosen) },
  });
  role(serve, "backend-instances", {
    namespace,
    serviceAccount: "backend",
    rules: [
      {
        apiGroups: [userInstanceApi.group],
        resources: [userInstanceApi.plural],
        // It patches when a user was last seen, and admission holds that it patches nothing else.
        verbs: ["create", "get", "list", "watch", "patch", "delete"],
      },
    ],
  });
}

/** What an instance is made of here: a release moves it on with its images. */
function settings({ environment, images, namespace }: MeshContext, chosen: Instances): InstanceSettings {
  return {
    hostPrefix: chosen.hostPrefix,
    domain: chosen.domain,
    loadBalancer: `prompt2mesh-${environment}-instances`,
    shards: `${chosen.shards}`,
    blenderImage: images.blender,
    agentImage: images.backend,
    sharedNamespace: namespace,
  };
}

/** Where the backend finds them. */
export function instanceEnvironment(context: MeshContext): Readonly<Record<string, string>> {
  const { instances: chosen } = context.parameters;
  if (chosen === undefined) return {};
  return {
    INSTANCE_NAMESPACE: instancesNamespace(context),
    INSTANCE_API: `${userInstanceApi.group}/${userInstanceApi.version}`,
  };
}

/** The ways between the backend and users' agents; what else an instance may do stands in the graph it is made from. */
export function instanceFlows(context: MeshContext, backend: PortRef): readonly Flow[] {
  if (context.parameters.instances === undefined) return [];
  const theirs = { outside: "namespace", namespace: instancesNamespace(context) } as const;
  const from = { ...backend, name: backend.component };
  return [
    { from, to: { outside: "kubernetes-api" } },
    { from, to: { ...theirs, port: ports.backend } },
    { from: theirs, to: backend },
  ];
}
