import { k8s } from "cdk8s-plus-28";
import type { ConfigRef } from "./config.ts";
import { probeOf } from "./probe.ts";
import type { Probes } from "./probe.ts";
import type { SecretRef } from "./secret.ts";

/** A value of an environment variable: given, or read from a Secret or the pod when the container starts. */
export type EnvironmentValue =
  | string
  | { readonly secret: SecretRef; readonly key: string }
  | { readonly config: ConfigRef; readonly key: string }
  | { readonly field: PodField };

/** What a pod can tell its containers of itself. */
type PodField =
  | "metadata.name"
  | "metadata.namespace"
  | "metadata.uid"
  | "status.podIP"
  | "status.hostIP"
  | "spec.nodeName";

/** Request and limit of one resource, as Kubernetes quantities. Leave the CPU limit out to let it burst. */
export interface Bounds {
  readonly request: string;
  readonly limit?: string;
}

export interface Resources {
  readonly cpu: Bounds;
  readonly memory: Required<Bounds>;
  readonly ephemeralStorage?: Bounds;
  /** Whole NVIDIA GPUs, as the device plugin of their nodes counts them. Default: none. */
  readonly gpus?: number;
}

/** A volume of the pod, where a container sees it. */
export interface Mount {
  readonly path: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
  readonly source:
    | { readonly claim: string }
    /** A claim template of the StatefulSet, by name. */
    | { readonly template: string }
    | {
        readonly secret: SecretRef;
        readonly items?: Readonly<Record<string, string>>;
        readonly mode?: number;
      }
    | { readonly config: ConfigRef; readonly mode?: number }
    /** A token of the pod's service account for whoever is named here, as the file `token`; renewed each hour. */
    | { readonly tokenFor: string }
    /** Scratch space that goes with the pod; its size is a quantity, by default `1Gi`. */
    | { readonly scratch: string; readonly medium?: "Memory"; readonly size?: string };
}

export interface ContainerSpec<P extends string = never> {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Ports by name. */
  readonly ports?: Readonly<Record<P, number>>;
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /** Every key of these becomes a variable. */
  readonly envFrom?: readonly (ConfigRef | SecretRef)[];
  readonly resources: Resources;
  readonly probes?: Probes<NoInfer<P>>;
  readonly mounts?: readonly Mount[];
  /** Command that runs before the container is asked to stop. */
  readonly preStop?: readonly string[];
  /** Why its root file system must be writable. Default: it is read-only. */
  readonly writableRootBecause?: string;
}

/** The container, secure by default: no privilege, no capability, read-only root. */
export function containerOf<P extends string>(name: string, spec: ContainerSpec<P>): k8s.Container {
  const { cpu, memory, ephemeralStorage } = spec.resources;
  // Kubernetes takes no request for one that is not also the limit.
  const gpus = { "nvidia.com/gpu": spec.resources.gpus?.toString() };
  const portNames = spec.ports === undefined ? [] : Object.entries<number>(spec.ports);
  return {
    name,
    image: spec.image,
    imagePullPolicy: "IfNotPresent",
    ...(spec.command && { command: [...spec.command] }),
    ...(spec.args && { args: [...spec.args] }),
    ...(portNames.length > 0 && {
      ports: portNames.map(([port, containerPort]) => ({
        name: port,
        containerPort,
        protocol: "TCP",
      })),
    }),
    ...(spec.env && {
      env: Object.entries(spec.env).map(([key, value]) => environmentVariable(key, value)),
    }),
    ...(spec.envFrom && { envFrom: spec.envFrom.map(environmentSource) }),
    resources: {
      requests: quantities({
        cpu: cpu.request,
        memory: memory.request,
        "ephemeral-storage": ephemeralStorage?.request,
        ...gpus,
      }),
      limits: quantities({
        cpu: cpu.limit,
        memory: memory.limit,
        "ephemeral-storage": ephemeralStorage?.limit,
        ...gpus,
      }),
    },
    ...(spec.probes?.readiness && { readinessProbe: probeOf(spec.probes.readiness) }),
    ...(spec.probes?.liveness && { livenessProbe: probeOf(spec.probes.liveness) }),
    ...(spec.probes?.startup && { startupProbe: probeOf(spec.probes.startup) }),
    ...(spec.preStop && { lifecycle: { preStop: { exec: { command: [...spec.preStop] } } } }),
    ...(spec.mounts && {
      volumeMounts: spec.mounts.map((mount) => ({
        name: volumeName(mount),
        mountPath: mount.path,
        ...(mount.subPath !== undefined && { subPath: mount.subPath }),
        ...(mount.readOnly !== undefined && { readOnly: mount.readOnly }),
      })),
    }),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: spec.writableRootBecause === undefined,
    },
  };
}

/** Name of the pod volume behind a mount; mounts of one source share it. */
export function volumeName(mount: Mount): string {
  const { source } = mount;
  if ("claim" in source) return source.claim;
  if ("template" in source) return source.template;
  if ("secret" in source) return source.secret.secretName;
  if ("config" in source) return source.config.configMapName;
  if ("tokenFor" in source) return "token";
  return source.scratch;
}

function environmentVariable(name: string, value: EnvironmentValue): k8s.EnvVar {
  if (typeof value === "string") return { name, value };
  if ("secret" in value) {
    return { name, valueFrom: { secretKeyRef: { name: value.secret.secretName, key: value.key } } };
  }
  if ("config" in value) {
    return {
      name,
      valueFrom: { configMapKeyRef: { name: value.config.configMapName, key: value.key } },
    };
  }
  return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
}

function environmentSource(source: ConfigRef | SecretRef): k8s.EnvFromSource {
  return "secretName" in source
    ? { secretRef: { name: source.secretName } }
    : { configMapRef: { name: source.configMapName } };
}

function quantities(values: Readonly<Record<string, string | undefined>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, k8s.Quantity.fromString(value)]],
    ),
  );
}
