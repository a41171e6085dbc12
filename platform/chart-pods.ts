import type { Component } from "#synth";

interface ChartPodsSpec<P extends string> {
  readonly namespace: string;
  /** Labels by which the chart's own Services select these pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Numbers of the pods' ports. */
  readonly ports: Readonly<Record<P, number>>;
}

/** Pods of a chart as a party of `flows`: what the chart renders is not ours, its connections are. */
export function chartPods<const P extends string>(name: string, spec: ChartPodsSpec<P>): Component<P> {
  const { namespace, selector, ports } = spec;
  return {
    name,
    namespace,
    selector,
    port: (port) => ({
      component: name,
      namespace,
      selector,
      name: port,
      containerPort: ports[port],
      servicePort: ports[port],
    }),
  };
}
