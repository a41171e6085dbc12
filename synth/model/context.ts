import type { Capabilities, CapabilityName } from "./capability.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Environment } from "./names.ts";

/** A complaint of a definition about its own parameters; it becomes a problem at that definition. */
export type Report = (what: string, fix: string) => void;

/** What both add-ons and apps are told while they render. */
export interface SliceContext<N extends CapabilityName, V extends ClusterView> {
  readonly cluster: V;
  /** The capabilities it needs, and whichever others the cluster has. */
  readonly capabilities: Pick<Capabilities, N> & Partial<Capabilities>;
  readonly namespace: string;
  readonly report: Report;
}

export interface AddonContext<
  N extends CapabilityName = CapabilityName,
  V extends ClusterView = ClusterView,
> extends SliceContext<N, V> {
  /** Annotations that give a service account of the add-on's namespace its AWS role. */
  readonly identity: (serviceAccount: string) => Readonly<Record<string, string>>;
}

export interface AppContext<P, N extends CapabilityName, I extends string> extends SliceContext<
  N,
  ClusterView
> {
  readonly environment: Environment;
  readonly parameters: P;
  /** Pinned references of the app's own images, as containers name them. */
  readonly images: Readonly<Record<I, string>>;
}
