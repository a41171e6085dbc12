/** Kinds whose number of replicas an autoscaler may own. */
export type Scalable = "Deployment" | "StatefulSet" | "Rollout";

const apiVersions: Readonly<Record<Scalable, string>> = {
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  Rollout: "argoproj.io/v1alpha1",
};

/** A workload, as the autoscalers of Kubernetes and of KEDA name it. */
export function scaleTarget(kind: Scalable, name: string) {
  return { apiVersion: apiVersions[kind], kind, name };
}
