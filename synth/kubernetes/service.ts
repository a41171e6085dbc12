import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import type { Component } from "./component.ts";

interface ServiceInput<P extends string> {
  readonly ports?: Readonly<Record<P, number>>;
  readonly service?: Partial<Readonly<Record<P, number>>>;
  readonly headless?: boolean;
  readonly peers?: boolean;
}

/** The component's Service, if it has ports, and how others refer to it. */
export function service<P extends string>(
  stage: Stage,
  name: string,
  spec: ServiceInput<P>,
  selector: Readonly<Record<string, string>>,
): Component<P> {
  const { namespace } = stage.context;
  const offered = new Map<string, number>(
    Object.entries<number | undefined>(spec.service ?? {}).flatMap(([port, number]) =>
      number === undefined ? [] : [[port, number]],
    ),
  );
  const ports = new Map(
    Object.entries<number>(spec.ports ?? {}).map(([port, containerPort]) => [
      port,
      { containerPort, servicePort: offered.get(port) ?? containerPort },
    ]),
  );
  if (ports.size > 0) {
    stage.add(k8s.KubeService, name, {
      metadata: { labels: { ...selector } },
      spec: {
        type: "ClusterIP",
        ...(spec.headless && { clusterIp: "None" }),
        ...(spec.peers && { publishNotReadyAddresses: true }),
        selector: { ...selector },
        ports: [...ports].map(([port, { servicePort }]) => ({
          name: port,
          port: servicePort,
          targetPort: k8s.IntOrString.fromString(port),
          protocol: "TCP",
        })),
      },
    });
  }
  return {
    name,
    namespace,
    selector,
    port: (port) => {
      const numbers = ports.get(port);
      if (numbers === undefined) throw new TypeError(`${name} has no port ${port}`);
      return { component: name, namespace, selector, name: port, ...numbers };
    },
  };
}
