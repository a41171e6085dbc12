import type { Cluster } from "../../synth/model/cluster.ts";
import type { Reconciler } from "../../synth/model/names.ts";

export interface StartOptions {
  /** State of this cluster: `.slipway/clusters/<name>`. */
  readonly folder: string;
  /** Name that it runs under, unique on this machine. */
  readonly name: string;
  /** The definition it is shaped like. */
  readonly cluster: Cluster;
  /** Default: none is started. */
  readonly reconciler?: Reconciler;
  /** How many nodes each group has. Default: `min`. */
  readonly nodes?: "min" | "max";
  readonly say: (line: string) => void;
}

/** What runs, or does not. */
export interface ClusterState {
  readonly running: boolean;
  /** Path of its kubeconfig, where it runs. */
  readonly kubeconfig?: string;
  /** One line each for people: processes, addresses, the UI. */
  readonly details: readonly string[];
}

/**
 * Runs clusters on this machine. Each method may be called again after it was killed half-way: `start` goes on or
 * begins anew, `stop` ends what is left.
 */
export interface ClusterProvider {
  readonly name: "embedded" | "kind";
  /** Resolves when the API server answers, nodes are Ready and the reconciler works. Does nothing if it runs already. */
  start(options: StartOptions): Promise<ClusterState>;
  /** Makes images of this machine known to the nodes; simulated nodes need none. */
  loadImages(options: { readonly name: string; readonly images: readonly string[] }): Promise<void>;
  status(options: { readonly folder: string; readonly name: string }): Promise<ClusterState>;
  /** Ends exactly what `start` started. False if nothing ran. */
  stop(options: { readonly folder: string; readonly name: string }): Promise<boolean>;
}
