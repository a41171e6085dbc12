import type { KubernetesObject } from "../objects/kubernetes-object.ts";

interface HealthExpression {
  readonly apiVersion: string;
  readonly kind: string;
  /** CEL on the object; true when it is as it should be. */
  readonly current: string;
  readonly failed?: string;
}

/** Kinds whose state Flux cannot read from a Ready condition. */
const expressions: readonly HealthExpression[] = [
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    current: "has(status.phase) && status.phase == 'Healthy'",
    failed: "has(status.phase) && status.phase == 'Degraded'",
  },
  {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    current: "has(status.observedGeneration) && status.observedGeneration >= metadata.generation",
  },
];

/** The expressions for kinds among these objects. */
export function healthExpressions(objects: readonly KubernetesObject[]): readonly HealthExpression[] {
  return expressions.filter(({ apiVersion, kind }) =>
    objects.some((object) => object.apiVersion === apiVersion && object.kind === kind),
  );
}
