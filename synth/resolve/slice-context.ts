import type { ClusterScope } from "./scope.ts";
import { identityOf } from "./identities.ts";
import type { Slice } from "./slice.ts";

interface SliceIdentity {
  readonly partOf: string;
  readonly owner: string;
  readonly namespace: string;
  readonly secretPath: string;
  readonly environment?: string;
}

/** What the building blocks of a slice draw on; the labels that every object of it carries. */
export function sliceContext(scope: ClusterScope, identity: SliceIdentity): Slice["context"] {
  const { partOf, owner, namespace, secretPath, environment } = identity;
  return {
    labels: {
      "app.kubernetes.io/instance": owner,
      "app.kubernetes.io/managed-by": "slipway",
      "app.kubernetes.io/part-of": partOf,
      ...(environment !== undefined && { "slipway.dev/environment": environment }),
    },
    namespace,
    cluster: scope.view,
    capabilities: scope.capabilities,
    identity: (account, accountNamespace) => identityOf(scope.roles, accountNamespace, account),
    secretPath,
  };
}
