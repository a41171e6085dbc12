import type * as v from "valibot";

/** Name of a kind as kubectl takes it, with its group where it has one: `ingress`, `applications.argoproj.io`. */
export type ResourceName = string;

export interface ObjectName {
  readonly resource: ResourceName;
  /** Absent for what lives in no namespace. */
  readonly namespace?: string;
  readonly name: string;
}

/** What deployment needs of a cluster's own API, and no more. */
export interface ClusterAccess {
  /** The API server, for people. */
  readonly address: string;
  /** The object; undefined where there is none, or where the cluster does not know the kind yet. */
  readonly find: <T>(schema: v.GenericSchema<unknown, T>, object: ObjectName) => Promise<T | undefined>;
  /** All objects of a kind, in all namespaces; none where the cluster does not know the kind yet. */
  readonly list: <T>(schema: v.GenericSchema<unknown, T>, resource: ResourceName) => Promise<readonly T[]>;
  /** Applies a file or the files of a folder, server-side; the same again changes nothing. */
  readonly apply: (path: string) => Promise<void>;
  /** Merges a patch into an object. */
  readonly patch: (object: ObjectName, patch: object) => Promise<void>;
  /** Runs Helm on the cluster, and says how it ended. */
  readonly helm: (
    args: readonly string[],
  ) => Promise<{ readonly ok: boolean; readonly stdout: string; readonly reason: string }>;
}
