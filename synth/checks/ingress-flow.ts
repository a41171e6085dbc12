import { field, list, number, stringMap, text } from "../objects/json-fields.ts";
import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import type { ClusterIndex } from "./index-objects.ts";
import { backendsOf } from "./ingress-backends.ts";
import type { IngressBackend } from "./ingress-backends.ts";
import { hasLabels, isEmptySelector, selects } from "./label-selector.ts";
import { portsOf, workloadText } from "./workloads.ts";
import type { PodTemplate } from "./workloads.ts";

/** Traefik is pods like any other, in the namespace of its add-on; an ALB is addresses. */
const traefik = { "kubernetes.io/metadata.name": "traefik" };

/** Where a namespace is closed, what an Ingress routes to is open to the ingress controller. */
export const ingressFlow: Check = {
  id: "ingress-flow",
  *run(input) {
    const index = indexOf(input);
    for (const ingress of index.all("networking.k8s.io/Ingress")) {
      const { namespace } = ingress.object.metadata;
      // A chart may bring policies that are not rendered here.
      if (index.hasUnknownObjects(namespace)) continue;
      const policies = index
        .in("networking.k8s.io/NetworkPolicy", namespace)
        .map(({ object }) => field(object, "spec"));
      if (!policies.some((policy) => isEmptySelector(field(policy, "podSelector")))) continue;
      yield* closedPorts(input, ingress, policies);
    }
  },
};

function* closedPorts(
  input: RenderedCluster,
  ingress: RenderedObject,
  policies: readonly unknown[],
): Iterable<Problem> {
  // Several paths may lead to one port.
  const told = new Set<string>();
  for (const backend of backendsOf(ingress)) {
    for (const { template, port } of targetsOf(indexOf(input), ingress, backend)) {
      const key = `${template.name} ${port.number}`;
      if (told.has(key) || isOpen(policies, template, port)) continue;
      told.add(key);
      const component = template.name.replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());
      yield objectProblem(
        ingressFlow.id,
        input,
        ingress,
        `it routes to port ${port.name ?? port.number} of ${workloadText(template)}, which no flow opens to the ingress controller`,
        `add { from: ingress, to: ${component}.port("${port.name ?? port.number}") } to its flows`,
        backend.path,
      );
    }
  }
}

interface Target {
  readonly template: PodTemplate;
  readonly port: ReturnType<typeof portsOf>[number];
}

/** Ports of pods behind a backend. None where something on the way is missing, which "port-reference" tells. */
function targetsOf(
  index: ClusterIndex,
  ingress: RenderedObject,
  { service: name, port: wanted }: IngressBackend,
): readonly Target[] {
  const { namespace } = ingress.object.metadata;
  const service = index.find("/Service", namespace, name)?.object;
  const labels = stringMap(service, "spec", "selector");
  const entry = list(service, "spec", "ports").find(
    (each) => text(each, "name") === wanted || number(each, "port") === wanted,
  );
  if (entry === undefined || Object.keys(labels).length === 0) return [];
  const target = field(entry, "targetPort") ?? number(entry, "port");
  return index
    .templatesIn(namespace)
    .filter((template) => hasLabels(template.labels, labels))
    .flatMap((template) =>
      template.containers
        .flatMap(portsOf)
        .filter((port) => port.name === target || port.number === target)
        .map((port) => ({ template, port })),
    );
}

function isOpen(policies: readonly unknown[], { labels }: PodTemplate, port: Target["port"]): boolean {
  return policies
    .filter((policy) => selects(field(policy, "podSelector"), labels))
    .flatMap((policy) => list(policy, "ingress"))
    .some((rule) => letsOutsideIn(rule) && coversPort(rule, port));
}

/** Whether a rule is for addresses, for Traefik's namespace, or for everybody. */
function letsOutsideIn(rule: unknown): boolean {
  const peers = list(rule, "from");
  return (
    peers.length === 0 ||
    peers.some((peer) => {
      const namespaces = field(peer, "namespaceSelector");
      return (
        field(peer, "ipBlock") !== undefined || (namespaces !== undefined && selects(namespaces, traefik))
      );
    })
  );
}

function coversPort(rule: unknown, { name, number: declared }: Target["port"]): boolean {
  const ports = list(rule, "ports");
  return (
    ports.length === 0 ||
    ports.some((entry) => {
      const port = field(entry, "port");
      const last = number(entry, "endPort");
      if (typeof port !== "number") return port === undefined || port === name;
      return last === undefined ? port === declared : port <= declared && declared <= last;
    })
  );
}
