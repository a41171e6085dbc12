import type { Problem } from "../model/problem.ts";
import type { RenderedObject } from "../render/render.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { field, list, number, stringMap, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { backendsOf } from "./ingress-backends.ts";
import type { IngressBackend } from "./ingress-backends.ts";
import { hasLabels, selects } from "./label-selector.ts";
import { portsOf, workloadText } from "./workloads.ts";
import type { ContainerView, PodTemplate } from "./workloads.ts";

/** Probes, Services, Ingresses and monitors name ports that are there. */
export const portReference: Check = {
  id: "port-reference",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      for (const container of template.containers) yield* probePorts(input, template, container);
    }
    for (const service of index.all("/Service")) yield* targetPorts(input, service);
    for (const ingress of index.all("networking.k8s.io/Ingress")) {
      for (const backend of backendsOf(ingress)) yield* backendPort(input, ingress, backend);
    }
    for (const monitor of index.all("monitoring.coreos.com/ServiceMonitor")) {
      yield* monitorPorts(input, monitor);
    }
  },
};

function* probePorts(
  input: RenderedCluster,
  template: PodTemplate,
  container: ContainerView,
): Iterable<Problem> {
  for (const probe of ["readinessProbe", "livenessProbe", "startupProbe"]) {
    for (const action of ["httpGet", "tcpSocket"]) {
      // A number needs no declaration: the kubelet connects to it as it is.
      const port = text(container.spec, probe, action, "port");
      const names = portsOf(container).flatMap(({ name }) => name ?? []);
      if (port === undefined || names.includes(port)) continue;
      yield objectProblem(
        portReference.id,
        input,
        template.source,
        `${probe} of container ${container.name} asks port ${port}, which the container does not have`,
        didYouMean(port, names, `use one of its ports: ${names.join(", ") || "it has none"}`),
        `${container.path}.${probe}.${action}.port`,
      );
    }
  }
}

function* targetPorts(input: RenderedCluster, service: RenderedObject): Iterable<Problem> {
  const { namespace } = service.object.metadata;
  const selector = stringMap(service.object, "spec", "selector");
  if (Object.keys(selector).length === 0) return;
  const pods = indexOf(input)
    .templatesIn(namespace)
    .filter(({ labels }) => hasLabels(labels, selector));
  // Without pods the rule on selectors speaks.
  if (pods.length === 0) return;
  const ports = pods.flatMap(({ containers }) => containers.flatMap(portsOf));
  for (const [position, entry] of list(service.object, "spec", "ports").entries()) {
    const target = field(entry, "targetPort") ?? number(entry, "port");
    if (ports.some(({ name, number: declared }) => target === name || target === declared)) continue;
    const known = ports.map(({ name, number: declared }) => name ?? String(declared));
    yield objectProblem(
      portReference.id,
      input,
      service,
      `it forwards to port ${String(target)}, which ${pods.map(workloadText).join(", ")} does not have`,
      didYouMean(String(target), known, `use one of: ${known.join(", ") || "none is declared"}`),
      `spec.ports[${position}].targetPort`,
    );
  }
}

function* backendPort(
  input: RenderedCluster,
  ingress: RenderedObject,
  { service: name, port, path }: IngressBackend,
): Iterable<Problem> {
  const index = indexOf(input);
  const { namespace } = ingress.object.metadata;
  const service = index.find("/Service", namespace, name);
  if (service === undefined) {
    if (index.hasUnknownObjects(namespace)) return;
    yield objectProblem(
      portReference.id,
      input,
      ingress,
      `it routes to Service ${name}, which namespace ${namespace ?? ""} does not have`,
      didYouMean(name, index.names("/Service", namespace), "render the Service in the Ingress's namespace"),
      path,
    );
    return;
  }
  const ports = list(service.object, "spec", "ports");
  if (ports.some((entry) => text(entry, "name") === port || number(entry, "port") === port)) return;
  const known = ports.map((entry) => text(entry, "name") ?? String(number(entry, "port")));
  yield objectProblem(
    portReference.id,
    input,
    ingress,
    `it routes to port ${String(port)} of Service ${name}, which has ${known.join(", ") || "none"}`,
    didYouMean(String(port), known, "use a port that the Service offers"),
    path,
  );
}

function* monitorPorts(input: RenderedCluster, monitor: RenderedObject): Iterable<Problem> {
  const { namespace } = monitor.object.metadata;
  const index = indexOf(input);
  // A monitor that looks into other namespaces may mean a chart's Services.
  if (field(monitor.object, "spec", "namespaceSelector") !== undefined) return;
  if (index.hasUnknownObjects(namespace)) return;
  const services = index
    .in("/Service", namespace)
    .filter(({ object }) =>
      selects(field(monitor.object, "spec", "selector"), stringMap(object, "metadata", "labels")),
    );
  if (services.length === 0) return;
  const known = services.flatMap(({ object }) =>
    list(object, "spec", "ports").flatMap((entry) => text(entry, "name") ?? []),
  );
  for (const [position, endpoint] of list(monitor.object, "spec", "endpoints").entries()) {
    const port = text(endpoint, "port");
    if (port === undefined || known.includes(port)) continue;
    yield objectProblem(
      portReference.id,
      input,
      monitor,
      `it scrapes port ${port}, which Service ${services.map(({ object }) => object.metadata.name).join(", ")} does not have`,
      didYouMean(port, known, `use one of: ${known.join(", ")}`),
      `spec.endpoints[${position}].port`,
    );
  }
}
