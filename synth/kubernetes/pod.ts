import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import { containerOf, volumeName } from "./container.ts";
import type { ContainerSpec, Mount } from "./container.ts";
import type { ConfigRef } from "./config.ts";
import { nodeGroupLabel, selectorLabels } from "./labels.ts";

/** What a pod of any workload can say; everything it leaves out is the secure choice. */
export interface PodSpec {
  /** Containers that run to completion before the others, by name, in order. */
  readonly init?: Readonly<Record<string, ContainerSpec>>;
  /** Service account. Default: one of its own, named after the component. */
  readonly serviceAccount?: string;
  /** Whether the pod talks to the Kubernetes API. Default: false, and no token is mounted. */
  readonly kubernetesApi?: boolean;
  /** User and group ids of its processes. Default: 1000. */
  readonly user?: number;
  /** Node group of the cluster to run on, with its taints tolerated. Default: any untainted one. */
  readonly nodeGroup?: string;
  /** Seconds between the signal to stop and the kill. Default: 30. */
  readonly terminationGracePeriodSeconds?: number;
  readonly priorityClassName?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Labels of the pods beside those that select them, such as tags that an agent reads. */
  readonly labels?: Readonly<Record<string, string>>;
}

interface PodTemplateInput extends PodSpec {
  readonly component: string;
  readonly containers: Readonly<Record<string, ContainerSpec<string>>>;
  readonly spread: boolean;
  readonly restartPolicy?: "OnFailure" | "Never";
}

export function podTemplate(stage: Stage, input: PodTemplateInput): k8s.PodTemplateSpec {
  const { component, containers, init = {}, user = 1000 } = input;
  const selector = selectorLabels(stage.context.labels, component);
  const all = [...Object.values(init), ...Object.values(containers)];
  const volumes = volumesOf(all.flatMap((container) => container.mounts ?? []));
  const annotations = { ...configDigests(all), ...input.annotations };
  const { nodeSelector, tolerations } = scheduling(stage, input.nodeGroup);
  return {
    metadata: {
      labels: { ...input.labels, ...stage.context.labels, ...selector },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: input.serviceAccount ?? component,
      automountServiceAccountToken: input.kubernetesApi ?? false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: input.terminationGracePeriodSeconds ?? 30,
      ...(input.priorityClassName !== undefined && { priorityClassName: input.priorityClassName }),
      ...(input.restartPolicy && { restartPolicy: input.restartPolicy }),
      ...(nodeSelector && { nodeSelector }),
      ...(tolerations && { tolerations }),
      ...(input.spread && { topologySpreadConstraints: spreadOver(selector) }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(Object.keys(init).length > 0 && {
        initContainers: Object.entries(init).map(([name, spec]) => containerOf(name, spec)),
      }),
      containers: Object.entries(containers).map(([name, spec]) => containerOf(name, spec)),
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

/** Across zones and nodes as well as the scheduler can, without refusing to run in one zone. */
function spreadOver(selector: Record<string, string>): k8s.TopologySpreadConstraint[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selector },
  }));
}

function scheduling(
  stage: Stage,
  nodeGroup: string | undefined,
): { nodeSelector?: Record<string, string>; tolerations?: k8s.Toleration[] } {
  if (nodeGroup === undefined) return {};
  const { cluster, report } = stage.context;
  const group = cluster.nodeGroups.find((candidate) => candidate.name === nodeGroup);
  if (group === undefined) {
    const known = cluster.nodeGroups.map((candidate) => candidate.name).join(", ");
    report(`node group ${nodeGroup} does not exist on ${cluster.name}`, `use one of: ${known}`);
    return {};
  }
  return {
    nodeSelector: { [nodeGroupLabel]: nodeGroup },
    ...(group.taints && {
      tolerations: group.taints.map(({ key, value, effect }) => ({
        key,
        operator: "Equal",
        value,
        effect,
      })),
    }),
  };
}

/** Pods restart when the configuration they read changes, because this annotation does. */
function configDigests(containers: readonly ContainerSpec<string>[]): Record<string, string> {
  const refs = containers.flatMap((container) => [
    ...(container.envFrom ?? []).filter((source): source is ConfigRef => "configMapName" in source),
    ...(container.mounts ?? []).flatMap(({ source }) => ("config" in source ? [source.config] : [])),
    ...Object.values(container.env ?? {}).flatMap((value) =>
      typeof value === "object" && "config" in value ? [value.config] : [],
    ),
  ]);
  return Object.fromEntries(refs.map((ref) => [`slipway.dev/config.${ref.configMapName}`, ref.digest]));
}

function volumesOf(mounts: readonly Mount[]): k8s.Volume[] {
  const volumes = new Map<string, k8s.Volume>();
  for (const mount of mounts) {
    const name = volumeName(mount);
    const { source } = mount;
    if ("template" in source || volumes.has(name)) continue;
    if ("claim" in source) {
      volumes.set(name, { name, persistentVolumeClaim: { claimName: source.claim } });
    } else if ("secret" in source) {
      volumes.set(name, {
        name,
        secret: {
          secretName: source.secret.secretName,
          ...(source.mode !== undefined && { defaultMode: source.mode }),
          ...(source.items && {
            items: Object.entries(source.items).map(([key, path]) => ({ key, path })),
          }),
        },
      });
    } else if ("config" in source) {
      volumes.set(name, {
        name,
        configMap: {
          name: source.config.configMapName,
          ...(source.mode !== undefined && { defaultMode: source.mode }),
        },
      });
    } else if ("tokenFor" in source) {
      const token = { path: "token", audience: source.tokenFor, expirationSeconds: 3600 };
      volumes.set(name, { name, projected: { sources: [{ serviceAccountToken: token }] } });
    } else {
      volumes.set(name, {
        name,
        emptyDir: {
          sizeLimit: k8s.Quantity.fromString(source.size ?? "1Gi"),
          ...(source.medium && { medium: source.medium }),
        },
      });
    }
  }
  return [...volumes.values()];
}
