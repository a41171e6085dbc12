import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { Problem } from "../../../synth/model/problem.ts";
import type { Manifest } from "../dist/manifests.ts";

/** What is applied in one step, and the steps that must be done before. */
export interface Unit {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** Something that is in the way, as the reconciler tells it. */
export interface Trouble {
  /** Name of the Application, Kustomization, HelmRelease or source. */
  readonly name: string;
  /** `Kind/namespace/name` of the object that tells it. */
  readonly object: string;
  readonly message: string;
}

/** How to read one reconciler's objects. */
export interface ReconcilerView {
  /** Every slice that a cluster's manifests deliver, with those that have to be ready before. */
  slices(manifests: readonly Manifest[]): ReadonlyMap<string, readonly string[]>;
  /** Name of the Application, Kustomization or HelmRelease that applied a live object; undefined for what none did. */
  appliedBy(object: KubernetesObject): string | undefined;
  /** What an object of the reconciler complains of; undefined while it only waits. */
  troubleOf(object: KubernetesObject): Trouble | undefined;
  /** Names of what is not yet as this commit has it, with what they say; empty when all is. */
  waiting(
    objects: Iterable<KubernetesObject>,
    manifests: readonly Manifest[],
    commit: string,
  ): readonly string[];
  /** The object that tells the state of a slice. */
  readonly kind: { readonly apiVersion: string; readonly kind: string; readonly namespace: string };
  /** Whether an object is kept when git no longer has it. */
  keeps(object: KubernetesObject): boolean;
  /** Fix for what the reconciler refuses. */
  readonly fix: Problem["fix"];
}
