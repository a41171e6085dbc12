import { fleet } from "../../clusters/fleet.ts";
import { readInputs } from "../../scripts/workspace.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

// What is frozen is frozen with the reconciler that its cluster has.
const inputs = { ...readInputs(), followMain: true };

/** Every cluster of the fleet, as it would be with one reconciler; the add-on that is the reconciler follows. */
export function wiredWith(reconciler: Reconciler) {
  return fleet.clusters.map((cluster) => {
    const result = synthesizeCluster(fleet, { ...cluster, reconciler }, inputs);
    if (result.rendered === undefined || result.problems.length > 0) {
      throw new Error(`${cluster.name} does not render: ${JSON.stringify(result.problems)}`);
    }
    return { name: cluster.name, ...result.rendered };
  });
}

/** The value at a path of keys; undefined where it ends. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function ofKind(objects: readonly { readonly object: KubernetesObject }[], kind: string) {
  return objects.map(({ object }) => object).filter((object) => object.kind === kind);
}
