import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Manifest } from "./dist/manifests.ts";
import type { ReconcilerView, Trouble } from "./reconcilers/reconciler-view.ts";

/** Whether a line of what is waited for is about the object that tells a trouble. */
export function isWaitedFor({ name, object }: Trouble, waiting: readonly string[]): boolean {
  return waiting.some((line) => line.startsWith(`${name}:`) || line.startsWith(`${object}:`));
}

/**
 * Names of the objects that are waited for and complain. What is to go is not among them: its folder has gone before it,
 * and it says so for as long as the one that takes it away has other work.
 */
export function complaining(
  live: Iterable<KubernetesObject>,
  view: ReconcilerView,
  waiting: readonly string[],
  manifests: readonly Manifest[],
): ReadonlySet<string> {
  const wanted = new Set(manifests.map(({ object }) => objectName(object)));
  return new Set(
    [...live].flatMap((object) => {
      const trouble = view.troubleOf(object);
      const counts = trouble !== undefined && wanted.has(trouble.object) && isWaitedFor(trouble, waiting);
      return counts ? [trouble.object] : [];
    }),
  );
}
