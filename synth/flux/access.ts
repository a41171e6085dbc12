import { annotated } from "../objects/kubernetes-object.ts";
import { toObject } from "../objects/plain.ts";
import { distRoot } from "../model/paths.ts";
import { namespacedKinds, usage } from "../reconciler/usage.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { manageRules, namespaceRules } from "./access-rules.ts";
import type { Rule } from "./access-rules.ts";
import { kustomization } from "./kustomization.ts";
import { accessName, fluxNamespace, keep } from "./names.ts";

/**
 * An account for each slice, with the rights its objects need and no others. What stands in namespaces is
 * applied by a Kustomization of its own, after the slice that makes them.
 */
export function access(
  cluster: ResolvedCluster,
  slices: readonly RenderedSlice[],
  schemas: SchemaSet,
): readonly DeliveryObject[] {
  return [
    ...slices.flatMap((rendered) => accountOf(rendered, schemas)),
    {
      folder: "reconciler",
      owner: cluster.view.name,
      definition: cluster.definition,
      object: toObject(
        kustomization({
          name: accessName,
          path: `./${distRoot}/${cluster.view.name}/access`,
          dependsOn: slices
            .filter(({ slice }) => slice.kind === "namespaces")
            .map(({ slice }) => slice.owner),
          timeout: "2m",
        }),
      ),
    },
  ];
}

function accountOf(rendered: RenderedSlice, schemas: SchemaSet): readonly DeliveryObject[] {
  const { slice } = rendered;
  const used = usage(rendered);
  const deliver =
    (folder: DeliveryObject["folder"]) =>
    (object: object): DeliveryObject => ({
      folder,
      // Kept when the slice goes: it is as this account that its objects are then removed.
      object: annotated(toObject(object), keep),
      owner: slice.owner,
      definition: slice.definition,
    });
  // The namespaces' account writes into namespaces that do not exist before it has run.
  const everywhere = slice.kind === "namespaces" ? namespacedKinds(used) : [];
  const clusterWide = manageRules(rendered, [...used.clusterKinds, ...everywhere], schemas);
  const here = slice.chart?.mode === "reference" ? [slice.namespace] : [];
  const namespaces = new Set([...used.kindsIn.keys(), ...here]);
  return [
    ...[
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: slice.owner, namespace: fluxNamespace, labels },
      },
      ...(clusterWide.length > 0 ? grant(slice.owner, undefined, clusterWide) : []),
    ].map(deliver("reconciler")),
    ...(slice.kind === "namespaces" ? [] : [...namespaces])
      .flatMap((namespace) =>
        grant(
          slice.owner,
          namespace,
          namespaceRules(rendered, namespace, used.kindsIn.get(namespace) ?? [], schemas),
        ),
      )
      .map(deliver("access")),
  ];
}

const labels = { "app.kubernetes.io/managed-by": "slipway" };

/** A role with these rules and its binding: in one namespace, or in the whole cluster. */
function grant(account: string, namespace: string | undefined, rules: readonly Rule[]): readonly object[] {
  const scope = namespace === undefined ? "Cluster" : "";
  const name = `slipway-${account}`;
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels };
  return [
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: `${scope}Role`, metadata, rules },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: `${scope}RoleBinding`,
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: `${scope}Role`, name },
      subjects: [{ kind: "ServiceAccount", name: account, namespace: fluxNamespace }],
    },
  ];
}
