/** An IAM action written out, `service:Action`. The rule "iam-policy" refuses wildcards. */
export type IamAction = `${string}:${string}`;

/** One IAM policy statement that allows. There is no way to write one that allows every action. */
export interface PermissionStatement {
  readonly actions: readonly IamAction[];
  /** ARNs; `"*"` only together with `because`, for actions that AWS cannot scope further. */
  readonly resources: readonly string[];
  /** IAM condition block: operator → key → values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Why the resource is `*`, with what bounds it instead. */
  readonly because?: string;
}

/** AWS permissions of one service account: statements of our own, AWS managed policies, or both. */
export interface Permissions {
  readonly statements?: readonly PermissionStatement[];
  /** ARNs of AWS managed policies. */
  readonly managedPolicies?: readonly `arn:aws:iam::aws:policy/${string}`[];
  /**
   * How the account gets its role: by the annotation that the facts' role becomes, or, where a chart cannot annotate, by an
   * association that EKS keeps. Default: annotation.
   */
  readonly through?: "annotation" | "pod-identity";
}
