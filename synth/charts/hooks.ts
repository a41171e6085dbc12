import { text } from "../objects/json-fields.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";

/** What becomes of an object of a chart where no Helm runs. */
type Fate =
  | { readonly is: "kept"; readonly object: KubernetesObject }
  | { readonly is: "dropped" }
  | { readonly is: "impossible"; readonly why: string };

const testEvents = new Set(["test", "test-success", "test-failure"]);
// What reverts a change is another commit, which both reconcilers apply as an upgrade.
const rollbackEvents = new Set(["pre-rollback", "post-rollback"]);
const deleteEvents = new Set(["pre-delete", "post-delete"]);
/** Hooks of these kinds do something; those of others are there for them, or for the order. */
const runningKinds = new Set(["Job", "Pod"]);

/**
 * A hook is an object that Helm applies at another moment than the rest. Argo CD maps hooks, Flux applies a
 * folder without them; what both do the same is to apply an ordinary object, so only what can be one is kept.
 */
export function fateOf(object: KubernetesObject): Fate {
  const hook = text(object, "metadata", "annotations", "helm.sh/hook");
  if (hook === undefined) return { is: "kept", object };
  const events = hook
    .split(",")
    .map((event) => event.trim())
    .filter((event) => event !== "" && !testEvents.has(event) && !rollbackEvents.has(event));
  if (events.length === 0) return { is: "dropped" };
  if (runningKinds.has(object.kind)) {
    return { is: "impossible", why: `it is a hook (${events.join(", ")}), and no Helm runs it there` };
  }
  if (events.every((event) => deleteEvents.has(event))) return { is: "dropped" };
  return { is: "kept", object: withoutHook(object) };
}

function withoutHook(object: KubernetesObject): KubernetesObject {
  const { annotations = {}, ...metadata } = object.metadata;
  const others = Object.entries(annotations).filter(([key]) => !key.startsWith("helm.sh/hook"));
  return {
    ...object,
    metadata: { ...metadata, ...(others.length > 0 && { annotations: Object.fromEntries(others) }) },
  };
}
