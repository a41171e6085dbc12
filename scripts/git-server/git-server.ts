export interface GitServerOptions {
  /** Folder of bare repositories; `<folder>/example/slipway.git` is served as `/example/slipway.git`. */
  readonly folder: string;
  /** Default: a free one. */
  readonly port?: number;
}

/** Serves repositories for reading over smart HTTP, on loopback. It runs in the process that starts it. */
export interface GitServer {
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}
