/** What a reconciler needs besides a control plane. */
export interface ReconcilerOptions {
  /** URL of the proxy that every HTTPS request goes through. Default: none; what dist names is then asked for directly. */
  readonly proxy?: string;
  /** PEM file of the certificates to trust instead of the machine's. */
  readonly certificates?: string;
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

/** The processes of a reconciler that has answered. */
export interface RunningReconciler {
  /** Last lines of each process's log, by its name. */
  logTails(lines?: number): Readonly<Record<string, readonly string[]>>;
  /** Has everything looked at now instead of at the next interval: sources first, then what is made of them. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}
