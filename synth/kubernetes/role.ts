import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";

type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

/** What a service account may do with the Kubernetes API, in one namespace. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly Verb[];
  readonly resourceNames?: readonly string[];
}

interface RoleSpec {
  /** Namespace the rights hold in. Default: the slice's own. */
  readonly namespace?: string;
  /** Service account of the slice's own namespace that gets them. */
  readonly serviceAccount: string;
  readonly rules: readonly RoleRule[];
}

/** A Role and its binding. Cluster-wide rights are not to be had for apps. */
export function role(stage: Stage, name: string, spec: RoleSpec): void {
  const { namespace = stage.context.namespace } = spec;
  stage.add(k8s.KubeRole, name, {
    metadata: { namespace },
    rules: spec.rules.map(({ apiGroups, resources, verbs, resourceNames }) => ({
      apiGroups: [...apiGroups],
      resources: [...resources],
      verbs: [...verbs],
      ...(resourceNames && { resourceNames: [...resourceNames] }),
    })),
  });
  stage.add(k8s.KubeRoleBinding, name, {
    metadata: { namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name: spec.serviceAccount, namespace: stage.context.namespace }],
  });
}
