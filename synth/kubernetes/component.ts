/** One port of a component, as a flow, a route or a probe refers to it. */
export interface PortRef {
  readonly component: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly name: string;
  /** Number inside the pod. */
  readonly containerPort: number;
  /** Number at the Service. */
  readonly servicePort: number;
}

/** A workload as others see it. P: names of its ports; a wrong one does not compile. */
export interface Component<P extends string = string> {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: (name: P) => PortRef;
  /** `<name>.<namespace>.svc`, resolvable from every namespace. */
  readonly host: string;
}
