import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

/** A kind in one version, as an object's first two lines name it. */
export interface KindReference {
  /** Such as `v1` or `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
}

export interface ObjectReference extends KindReference {
  readonly name: string;
  /** Absent for a kind that has no namespaces. */
  readonly namespace?: string;
}

export interface ListQuery extends KindReference {
  /** Default: all namespaces. */
  readonly namespace?: string;
  /** As kubectl writes it: `app=web,tier!=cache`. */
  readonly labelSelector?: string;
  /** Such as `involvedObject.name=web`. */
  readonly fieldSelector?: string;
}

export interface ApplyOptions {
  /** Owner of the fields. Default: `slipway`. */
  readonly fieldManager?: string;
  /** Take fields over from other managers. Default: true. */
  readonly force?: boolean;
  /** Let the API server decide, and keep nothing. Default: false. */
  readonly dryRun?: boolean;
}

export type Subresource = "status" | "scale";

/** What happened to one object. `deleted` holds its last state. */
export interface WatchEvent {
  readonly type: "added" | "modified" | "deleted";
  readonly object: KubernetesObject;
}

/** A kind that the API server serves. */
export interface ServedKind extends KindReference {
  /** Name in URLs, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/**
 * The API server, for objects of any kind. Kinds are looked up once and again when one is not known, so that a CRD
 * that was just applied can be used. Every method throws a `KubernetesError` for what the API server refuses.
 */
export interface KubernetesClient {
  /** URL of the API server. */
  readonly address: string;
  /** The object, or undefined where there is none, or no such kind. */
  get(reference: ObjectReference): Promise<KubernetesObject | undefined>;
  /** All pages. Empty where the kind is not served. */
  list(query: ListQuery): Promise<readonly KubernetesObject[]>;
  /** Server-side apply with strict field validation: an unknown or doubled field is refused. */
  apply(object: KubernetesObject, options?: ApplyOptions): Promise<KubernetesObject>;
  /** For what has `generateName`, or must not exist yet. */
  create(object: NewObject): Promise<KubernetesObject>;
  /** The answer to a question that is not kept, such as a SubjectAccessReview, which has no name. */
  review(question: NewObject): Promise<unknown>;
  mergePatch(reference: ObjectReference, patch: Json, subresource?: Subresource): Promise<KubernetesObject>;
  /** False if it was not there. `propagation` default: `Background`. */
  delete(reference: ObjectReference, propagation?: "Background" | "Foreground" | "Orphan"): Promise<boolean>;
  /** Deletes the object as it was seen, or refuses with `Conflict` if it has changed since; false if it was not there. */
  deleteSeen(object: KubernetesObject): Promise<boolean>;
  scale(reference: ObjectReference, replicas: number): Promise<void>;
  /**
   * First an `added` for each object there is, then what happens to them, until the signal is aborted. A connection
   * that ends, or an API server that is restarted, is not seen by the caller: what changed meanwhile is made up for.
   */
  watch(query: ListQuery, signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** Every kind in its preferred version; asks the API server each time. */
  kinds(): Promise<readonly ServedKind[]>;
  /** Any path, such as `/readyz` or the log of a pod; the body as text. */
  raw(path: string): Promise<string>;
  /** Ends its connections. */
  close(): void;
}

/** An object to be created: its name may be left to the API server. */
export interface NewObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [field: string]: Json | undefined };
  readonly [field: string]: Json | { readonly [field: string]: Json | undefined } | undefined;
}

/** What the API server answered instead of doing what it was asked, or that it did not answer (`status` 0). */
export class KubernetesError extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Kubernetes' own word for it, such as `NotFound`, `Invalid`, `Conflict`, `Forbidden`. */
  readonly reason: string;

  /** Whether it was certainly not done, and may be when asked again. */
  readonly mayBeAskedAgain: boolean;

  constructor(message: string, status: number, reason: string, mayBeAskedAgain = false) {
    super(message);
    this.name = "KubernetesError";
    this.status = status;
    this.reason = reason;
    this.mayBeAskedAgain = mayBeAskedAgain;
  }
}
