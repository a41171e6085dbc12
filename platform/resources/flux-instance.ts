/** Controllers that Flux consists of. */
type FluxComponent =
  | "source-controller"
  | "kustomize-controller"
  | "helm-controller"
  | "notification-controller";

/** Flux as its operator installs it (fluxcd.controlplane.io/v1); the fields that we set. */
export interface FluxInstance {
  readonly apiVersion: "fluxcd.controlplane.io/v1";
  readonly kind: "FluxInstance";
  readonly metadata: {
    /** The operator reports on the instance of this name only. */
    readonly name: "flux";
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly distribution: {
      /** Exact version of Flux. */
      readonly version: `${number}.${number}.${number}`;
      /** Registry prefix of the controllers' images. */
      readonly registry: string;
    };
    readonly components: readonly FluxComponent[];
    readonly cluster: {
      readonly type: "kubernetes" | "aws";
      /** Sets how many objects are reconciled at once (5, 10 or 20) and the memory for it. */
      readonly size: "small" | "medium" | "large";
      readonly networkPolicy: boolean;
      readonly multitenant: boolean;
    };
    /** Patches of the controllers' Deployments, as kustomize takes them. */
    readonly kustomize: {
      readonly patches: readonly {
        readonly target: { readonly kind: "Deployment"; readonly name: FluxComponent };
        /** JSON patch, as YAML text. */
        readonly patch: string;
      }[];
    };
    readonly wait: boolean;
  };
}
