import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KindReference, KubernetesClient } from "../kubernetes/client.ts";

/** Which object of a stand-in's own kind another one belongs to. */
export interface Owner {
  readonly name: string;
  readonly namespace?: string;
}

/** Another kind whose changes concern a stand-in. */
export interface AlsoWatched extends KindReference {
  readonly labelSelector?: string;
  /** Undefined for an object that concerns none. */
  readonly ownerOf: (object: KubernetesObject) => Owner | undefined;
}

/** What a controller that is not there would do with objects of one kind. */
export interface StandIn {
  /** For people: whom it stands in for and by what, such as `cert-manager: certificates without keys`. */
  readonly standsInFor: string;
  readonly watches: KindReference;
  readonly also?: readonly AlsoWatched[];
  /**
   * Brings about what the object asks for. Called for each object there is, for each change, and again after the
   * returned number of milliseconds, or soon if it throws. Never called twice at once for one object.
   */
  reconcile(object: KubernetesObject, context: StandInContext): Promise<number | undefined>;
}

export interface StandInContext {
  readonly client: KubernetesClient;
  /** Says that the object was dealt with, for the report of what was stood in for. */
  readonly note: (object: KubernetesObject) => void;
  readonly signal: AbortSignal;
}
