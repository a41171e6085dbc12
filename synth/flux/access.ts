import { annotated } from "../objects/kubernetes-object.ts";
import { toObject } from "../objects/plain.ts";
import { distRoot } from "../model/paths.ts";
import { namespacedKinds, usage } from "../reconciler/usage.ts";
import type { Usage } from "../reconciler/usage.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { manageRules, namespaceRules, standingRules } from "./access-rules.ts";
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
    ...standingRoles(cluster, schemas),
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

/**
 * Standing rights, said once and bound in each namespace of each slice. They are there whatever slices are: a frozen one
 * brings its bindings along, and those of one that is gone still need them.
 */
function standingRoles(cluster: ResolvedCluster, schemas: SchemaSet): readonly DeliveryObject[] {
  return (["addon", "placement"] as const).map((kind) => ({
    folder: "reconciler",
    owner: cluster.view.name,
    definition: cluster.definition,
    object: annotated(
      toObject({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: standingName(kind), labels },
        rules: standingRules(kind, schemas),
      }),
      keep,
    ),
  }));
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
  const everywhere = slice.kind === "namespaces" ? namespacedKinds(rendered, used) : [];
  const clusterWide = manageRules(rendered, [...used.clusterKinds, ...everywhere], schemas);
  return [
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: slice.owner, namespace: fluxNamespace, labels },
    },
    ...grant(slice.owner, undefined, clusterWide),
  ]
    .map(deliver("reconciler"))
    .concat(slice.kind === "namespaces" ? [] : inNamespaces(rendered, used, schemas).map(deliver("access")));
}

/** What an account may do in each namespace that its slice writes to. */
function inNamespaces(rendered: RenderedSlice, used: Usage, schemas: SchemaSet): readonly object[] {
  const { slice } = rendered;
  const here = slice.chart?.mode === "reference" ? [slice.namespace] : [];
  return [...new Set([...used.kindsIn.keys(), ...here])].flatMap((namespace) => [
    ...grant(slice.owner, namespace, namespaceRules(rendered, namespace, used, schemas)),
    ...(used.standsIn.includes(namespace) ? [standing(slice, namespace)] : []),
  ]);
}

const labels = { "app.kubernetes.io/managed-by": "slipway" };

/** A role with these rules and its binding, in one namespace or in the whole cluster; nothing where there is no rule. */
function grant(account: string, namespace: string | undefined, rules: readonly Rule[]): readonly object[] {
  if (rules.length === 0) return [];
  const scope = namespace === undefined ? "Cluster" : "";
  const name = `slipway-${account}`;
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels };
  return [
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: `${scope}Role`, metadata, rules },
    binding(`${scope}RoleBinding`, metadata, { kind: `${scope}Role`, name }, account),
  ];
}

/** The standing rights, for one slice in one namespace. */
function standing({ owner, kind }: Slice, namespace: string): object {
  const metadata = { name: `slipway-${owner}.kinds`, namespace, labels };
  return binding("RoleBinding", metadata, { kind: "ClusterRole", name: standingName(kind) }, owner);
}

function binding(
  kind: string,
  metadata: object,
  role: { readonly kind: string; readonly name: string },
  account: string,
): object {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", ...role },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: fluxNamespace }],
  };
}

/** With a dot, which no slice has in its name. */
function standingName(kind: Slice["kind"]): string {
  return `slipway.${kind === "placement" ? "app" : kind}`;
}
