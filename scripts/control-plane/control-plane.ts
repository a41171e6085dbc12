import type { Provider } from "../../synth/model/cluster-view.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import type { KubernetesVersion, Region } from "../../synth/model/names.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import type { ProgramOptions, RunningProgram } from "../process/program.ts";
import type { ServiceAccountName } from "./credentials.ts";

export interface ControlPlaneOptions {
  /** State of this control plane: certificates, kubeconfigs, etcd's data, logs. Made if it is not there, 0700. */
  readonly folder: string;
  readonly kubernetes: KubernetesVersion;
  readonly nodeGroups: readonly NodeGroup[];
  /** Whose machines the nodes are like: what the kubelet keeps differs. Default: `eks`. */
  readonly provider?: Provider;
  /** Where nodes are whose group names no zones. Default: us-west-2. */
  readonly region?: Region;
  /** How many nodes of each group at the start. Default: `min`. */
  readonly nodes?: "min" | "max";
  /** YAML files of kwok Stages besides our own for nodes and pods. */
  readonly stages?: readonly string[];
  /** Told what is being waited for, one line each. */
  readonly say?: (line: string) => void;
}

/** As in `startProgram`, in the control plane's folder. */
export type FurtherProgram = Omit<ProgramOptions, "folder">;

/** A running etcd, API server, controller manager, scheduler and kwok. */
export interface ControlPlane {
  readonly folder: string;
  /** Path of a kubeconfig of a member of system:masters. */
  readonly kubeconfig: string;
  /** URL of the API server, on loopback. */
  readonly address: string;
  /**
   * Path of a kubeconfig that acts as this service account, which need not exist. The account has exactly the rights
   * that RBAC gives it.
   */
  kubeconfigOf(account: ServiceAccountName): string;
  /** A client with the rights of `kubeconfig`; closed when the control plane stops. */
  readonly client: KubernetesClient;
  /** Sets how many nodes a group has; nodes that go away lose their pods as deleted machines would. */
  scaleNodeGroup(group: string, count: number): Promise<void>;
  /** Kills the API server without notice and starts it again on the same port; resolves when it answers. */
  restartApiServer(): Promise<void>;
  /**
   * Starts a further program for this control plane: it is recorded in the folder and ends with `stop`, or with this
   * process, however that ends.
   */
  startProgram(options: FurtherProgram): Promise<RunningProgram>;
  /** Last lines of each process's log, by its name. */
  logTails(lines?: number): Readonly<Record<string, readonly string[]>>;
  /** Ends every process that was started, and only those. The folder stays. */
  stop(): Promise<void>;
}
