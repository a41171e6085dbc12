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

/** Pods with a name: a component, a job, or what a component starts at run time, in whichever namespace. */
export interface Party {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
}

/** A workload as others see it. P: names of its ports; a wrong one does not compile. */
export interface Component<P extends string = string> extends Party {
  readonly port: (name: P) => PortRef;
}
