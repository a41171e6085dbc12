import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import type { ContainerSpec } from "./container.ts";
import type { Component } from "./component.ts";
import { selectorLabels } from "./labels.ts";
import { podTemplate } from "./pod.ts";
import type { PodSpec } from "./pod.ts";
import { scaling } from "./scaling.ts";
import type { Replicas } from "./scaling.ts";
import { service } from "./service.ts";

export interface WorkloadSpec<P extends string> extends ContainerSpec<P>, PodSpec {
  /** Containers beside the main one, by name. */
  readonly sidecars?: Readonly<Record<string, ContainerSpec<string>>>;
  /** Ports the Service offers, by the container port's name. Default: each container port under its own number. */
  readonly service?: Partial<Readonly<Record<NoInfer<P>, number>>>;
}

export interface DeploymentSpec<P extends string> extends WorkloadSpec<P> {
  /** A fixed number, or the bounds of an autoscaler. */
  readonly replicas: Replicas;
  /** Replace pods one for one, or stop all first (for a volume that one node mounts). Default: rolling. */
  readonly strategy?: "rolling" | "recreate";
}

/**
 * A Deployment with what belongs to it: its service account, a Service if it has ports, an autoscaler,
 * and a disruption budget where it has more than one replica.
 */
export function deployment<const P extends string = never>(
  stage: Stage,
  name: string,
  spec: DeploymentSpec<P>,
): Component<P> {
  const selector = selectorLabels(stage.context.labels, name);
  const { replicas, several } = scaling(stage, "Deployment", name, spec.replicas);
  stage.add(k8s.KubeDeployment, name, {
    metadata: { labels: selector },
    spec: {
      ...(replicas !== undefined && { replicas }),
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector },
      strategy:
        spec.strategy === "recreate"
          ? { type: "Recreate" }
          : {
              type: "RollingUpdate",
              rollingUpdate: {
                maxSurge: k8s.IntOrString.fromNumber(1),
                maxUnavailable: k8s.IntOrString.fromNumber(0),
              },
            },
      template: podTemplate(stage, {
        ...spec,
        component: name,
        containers: { [name]: spec, ...spec.sidecars },
        spread: several,
      }),
    },
  });
  return accompany(stage, name, spec, several);
}

export interface VolumeClaimTemplate {
  /** Size as a quantity, such as `20Gi`. */
  readonly size: string;
  readonly path: string;
  readonly subPath?: string;
}

export interface StatefulSetSpec<P extends string> extends WorkloadSpec<P> {
  readonly replicas: number;
  /** A volume for each replica, by name, from the cluster's block storage. */
  readonly volumes: Readonly<Record<string, VolumeClaimTemplate>>;
  /** Whether replicas start one by one. Default: yes. */
  readonly podManagementPolicy?: "OrderedReady" | "Parallel";
  /** Whether replicas look each other up before they are ready. Default: names lead to ready ones only. */
  readonly peers?: true;
}

/** A StatefulSet with its service account, headless Service and disruption budget. Its volumes outlive it. */
export function statefulSet<const P extends string = never>(
  stage: Stage,
  name: string,
  spec: StatefulSetSpec<P>,
): Component<P> {
  const selector = selectorLabels(stage.context.labels, name);
  const storageClassName = stage.context.capabilities.blockStorage?.className;
  if (storageClassName === undefined) {
    stage.context.report(
      `StatefulSet ${name} has no volumes to claim: the cluster has no block storage`,
      'give the cluster the capability "blockStorage", and list it among what the app needs',
    );
  }
  const templates = Object.entries(spec.volumes);
  const main: ContainerSpec<P> = {
    ...spec,
    mounts: [
      ...templates.map(([template, { path, subPath }]) => ({
        path,
        ...(subPath !== undefined && { subPath }),
        source: { template },
      })),
      ...(spec.mounts ?? []),
    ],
  };
  stage.add(k8s.KubeStatefulSet, name, {
    metadata: { labels: selector },
    spec: {
      serviceName: name,
      replicas: spec.replicas,
      revisionHistoryLimit: 5,
      podManagementPolicy: spec.podManagementPolicy ?? "OrderedReady",
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      selector: { matchLabels: selector },
      template: podTemplate(stage, {
        ...spec,
        // Its volume is in one zone: a node is not emptied of it to save the node.
        annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false", ...spec.annotations },
        component: name,
        containers: { [name]: main, ...spec.sidecars },
        spread: spec.replicas > 1,
      }),
      volumeClaimTemplates: templates.map(([template, { size }]) => ({
        metadata: { name: template, labels: selector },
        spec: {
          accessModes: ["ReadWriteOnce"],
          ...(storageClassName !== undefined && { storageClassName }),
          resources: { requests: { storage: k8s.Quantity.fromString(size) } },
        },
      })),
    },
  });
  // A single replica gets a budget too, one that lets a drain pass: it says so instead of leaving it open.
  return accompany(stage, name, { ...spec, headless: true }, true);
}

/** What belongs to a workload whatever its kind: service account, disruption budget where asked for, Service. */
export function accompany<P extends string>(
  stage: Stage,
  name: string,
  spec: WorkloadSpec<P> & { readonly headless?: boolean; readonly peers?: boolean },
  budget: boolean,
): Component<P> {
  const selector = selectorLabels(stage.context.labels, name);
  if (spec.serviceAccount === undefined) serviceAccount(stage, name);
  if (budget) {
    stage.add(k8s.KubePodDisruptionBudget, name, {
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: selector },
        unhealthyPodEvictionPolicy: "AlwaysAllow",
      },
    });
  }
  return service(stage, name, spec, selector);
}

/** A service account, tied to its AWS role where the definition declares permissions for it. */
export function serviceAccount(stage: Stage, name: string): string {
  const annotations = stage.context.identity(name, stage.context.namespace);
  stage.add(k8s.KubeServiceAccount, name, {
    automountServiceAccountToken: false,
    ...(Object.keys(annotations).length > 0 && { metadata: { annotations: { ...annotations } } }),
  });
  return name;
}
