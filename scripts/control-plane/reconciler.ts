/** What a reconciler needs besides a control plane. */
export interface ReconcilerOptions {
  /** Variables of its processes besides PATH and HOME, such as those of `Loopback.environment`. Default: none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders that come first on PATH, such as helm's. */
  readonly toolsOnPath?: readonly string[];
  readonly say?: (line: string) => void;
}

export interface ArgoCdOptions extends ReconcilerOptions {
  /**
   * Text of `dist/<cluster>/bootstrap/values/argo-cd.yaml`: the settings that the cluster's own Argo CD has are those
   * it runs with here. Default: Argo CD's own.
   */
  readonly values?: string;
}

export interface FluxOptions extends ReconcilerOptions {
  /**
   * Text of `dist/<cluster>/configuration/flux-instance/FluxInstance.flux.yaml`: the arguments that it adds to the
   * controllers are those they run with here. Default: Flux's own.
   */
  readonly instance?: string;
}

/** The processes of a reconciler that has answered. */
export interface RunningReconciler {
  /** Last lines of each process's log, by its name. */
  logTails(lines?: number): Readonly<Record<string, readonly string[]>>;
  /** Has everything looked at now instead of at the next interval: sources first, then what is made of them. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}
