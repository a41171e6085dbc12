import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { field, fields, isFields, list, strings, stringMap, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { isEmptySelector, selects, selectorText } from "./label-selector.ts";

const fix = "use the selector of the component it is meant for, or remove it";

/** Everything that selects selects something: pods, or, for a ServiceMonitor, Services. */
export const selector: Check = {
  id: "selector",
  *run(input) {
    const index = indexOf(input);
    yield* ownPods(input);
    for (const service of index.all("/Service")) {
      const wanted = stringMap(service.object, "spec", "selector");
      if (Object.keys(wanted).length > 0) {
        yield* podsOf(input, service, { matchLabels: wanted }, "spec.selector");
      }
    }
    for (const budget of index.all("policy/PodDisruptionBudget")) {
      yield* podsOf(input, budget, field(budget.object, "spec", "selector"), "spec.selector");
    }
    for (const monitor of index.all("monitoring.coreos.com/PodMonitor")) {
      if (field(monitor.object, "spec", "namespaceSelector") !== undefined) continue;
      yield* podsOf(input, monitor, field(monitor.object, "spec", "selector"), "spec.selector");
    }
    for (const monitor of index.all("monitoring.coreos.com/ServiceMonitor")) yield* services(input, monitor);
    for (const policy of index.all("networking.k8s.io/NetworkPolicy")) {
      yield* podsOf(input, policy, field(policy.object, "spec", "podSelector"), "spec.podSelector");
      yield* peers(input, policy);
    }
  },
};

/** A workload that does not select its own pods is refused by the API server. */
function* ownPods(input: RenderedCluster): Iterable<Problem> {
  for (const { source, kind, labels, workload, startedLater } of indexOf(input).templates) {
    if (startedLater || !kind.startsWith("apps/")) continue;
    const wanted = field(workload, "spec", "selector");
    if (selects(wanted, labels) && !isEmptySelector(wanted)) continue;
    yield objectProblem(
      selector.id,
      input,
      source,
      `its selector (${selectorText(wanted)}) does not match the labels of its own pods`,
      "give the pod template the labels that the selector names",
      "spec.selector",
    );
  }
}

function* podsOf(
  input: RenderedCluster,
  rendered: RenderedObject,
  wanted: unknown,
  path: string,
  namespace = rendered.object.metadata.namespace,
): Iterable<Problem> {
  const index = indexOf(input);
  if (isEmptySelector(wanted) || index.hasUnknownObjects(namespace)) return;
  if (index.templatesIn(namespace).some(({ labels }) => selects(wanted, labels))) return;
  yield objectProblem(
    selector.id,
    input,
    rendered,
    `it selects pods with ${selectorText(wanted)}, and none in namespace ${namespace ?? ""} has these labels`,
    fix,
    path,
  );
}

function* services(input: RenderedCluster, monitor: RenderedObject): Iterable<Problem> {
  const index = indexOf(input);
  const home = monitor.object.metadata.namespace ?? "";
  const elsewhere = field(monitor.object, "spec", "namespaceSelector");
  if (field(elsewhere, "any") === true) return;
  const named = strings(elsewhere, "matchNames");
  const namespaces = named.length > 0 ? named : [home];
  if (namespaces.some((namespace) => index.hasUnknownObjects(namespace))) return;
  const wanted = field(monitor.object, "spec", "selector");
  const found = index
    .all("/Service")
    .filter(({ object }) => namespaces.includes(object.metadata.namespace ?? ""))
    .some(({ object }) => selects(wanted, stringMap(object, "metadata", "labels")));
  if (found) return;
  yield objectProblem(
    selector.id,
    input,
    monitor,
    `it selects Services with ${selectorText(wanted)}, and none in namespace ${namespaces.join(", ")} has these labels`,
    fix,
    "spec.selector",
  );
}

/** The other side of a flow: pods of this namespace, or of the one that the peer names. */
function* peers(input: RenderedCluster, policy: RenderedObject): Iterable<Problem> {
  for (const [direction, side] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    for (const [position, rule] of list(policy.object, "spec", direction).entries()) {
      for (const [part, peer] of list(rule, side).entries()) {
        const namespace = peerNamespace(policy, peer);
        if (namespace === undefined) continue;
        const path = `spec.${direction}[${position}].${side}[${part}]`;
        if (!indexOf(input).namespaces.has(namespace)) {
          yield objectProblem(
            selector.id,
            input,
            policy,
            `it names namespace ${namespace}, which does not exist`,
            "correct the namespace, or remove the flow",
            path,
          );
        } else {
          yield* podsOf(input, policy, field(peer, "podSelector"), path, namespace);
        }
      }
    }
  }
}

/** The one namespace that a peer means; undefined where it may mean several, or addresses. */
function peerNamespace(policy: RenderedObject, peer: unknown): string | undefined {
  if (field(peer, "ipBlock") !== undefined) return undefined;
  const chosen = field(peer, "namespaceSelector");
  if (!isFields(chosen)) return policy.object.metadata.namespace;
  const single = Object.keys(fields(chosen, "matchLabels")).length === 1;
  return single && list(chosen, "matchExpressions").length === 0
    ? text(chosen, "matchLabels", "kubernetes.io/metadata.name")
    : undefined;
}
