import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Planted } from "../changes/dist-files.ts";

/** Two revisions, and what the gate that the fixture's file is named after says of them. */
export interface Fixture {
  /** Completes "… is refused", or "… passes". */
  readonly title: string;
  readonly base: readonly (Planted | KubernetesObject)[];
  readonly head: readonly (Planted | KubernetesObject)[];
  /** Files of the head as they are, beside its objects. */
  readonly rawHead?: Readonly<Record<string, string>>;
  /** What is wrong, in the gate's words; absent where it passes. */
  readonly refused?: string | RegExp;
  /** Object that is complained about. */
  readonly object?: string;
  /** How many findings there are of that gate. Default: one. */
  readonly times?: number;
  readonly kubernetes?: string;
}
