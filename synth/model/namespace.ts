export type PodSecurity = "restricted" | "baseline" | "privileged";

/** Upper bounds for a namespace; quantities as Kubernetes writes them. */
export interface NamespaceQuota {
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
  readonly persistentVolumeClaims?: number;
  readonly storage?: string;
}

/** Pod Security level that admission enforces, and, where it is looser than restricted, why. */
type Admission =
  | { readonly podSecurity?: "restricted"; readonly because?: never }
  | { readonly podSecurity: Exclude<PodSecurity, "restricted">; readonly because: string };

export type NamespaceSpec = Admission & {
  readonly name: string;
  readonly quota?: NamespaceQuota;
  /** Whether pods talk to nobody unless a flow says so. Default: true. */
  readonly defaultDeny?: boolean;
  /** Whether an ALB sends traffic straight to its pods, which then count as ready only when the ALB says so. */
  readonly loadBalanced?: boolean;
};
