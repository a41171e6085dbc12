import { distRoot } from "../reconciler/paths.ts";
import { namespacedKinds, splitGroupKind, usage } from "../reconciler/usage.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import type { GroupKind } from "../model/chart.ts";
import type { KubernetesObject } from "../render/kubernetes-object.ts";
import { toObject } from "../render/plain.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { pluralOf } from "../reconciler/plural.ts";
import { kustomization } from "./kustomization.ts";
import { accessName, accountName, fluxNamespace } from "./names.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const manage = ["get", "list", "watch", "create", "update", "patch", "delete"];

/**
 * An account for each layer and app, with the rights its objects need and no others. They are applied by
 * a Kustomization of their own, after the namespaces that the roles stand in.
 */
export function access(
  cluster: ResolvedCluster,
  slices: readonly RenderedSlice[],
  schemas: SchemaSet,
): readonly DeliveryObject[] {
  const members = Map.groupBy(slices, ({ slice }) => accountName(slice));
  const deliver = (folder: DeliveryObject["folder"], object: object): DeliveryObject => ({
    folder,
    object: toObject(object),
    owner: cluster.view.name,
    definition: cluster.definition,
  });
  const first = [...members].flatMap(([account, rendered]) => {
    const used = usage(rendered);
    // The namespaces' own account writes into namespaces that do not exist before it has run.
    const everywhere = rendered.some(({ slice }) => slice.kind === "namespaces") ? namespacedKinds(used) : [];
    const rules = rulesFor([...used.clusterKinds, ...everywhere], schemas, bringsCharts(rendered));
    return [serviceAccount(account), ...(rules.length > 0 ? clusterRoleWithBinding(account, rules) : [])];
  });
  const afterNamespaces = [...members].flatMap(([account, rendered]) =>
    [...usage(rendered).kindsIn].flatMap(([namespace, kinds]) =>
      roleWithBinding(account, namespace, [
        ...rulesFor([...kinds, ...releaseRecords(rendered)], schemas, bringsCharts(rendered)),
        ...grantedRules(rendered, namespace),
      ]),
    ),
  );
  return [
    ...first.map((object) => deliver("reconciler", object)),
    ...afterNamespaces.map((object) => deliver("access", object)),
    deliver(
      "reconciler",
      kustomization({
        name: accessName,
        path: `./${distRoot}/${cluster.view.name}/access`,
        dependsOn: ["namespaces"],
        timeout: "2m",
      }),
    ),
  ];
}

/** Full rights on these kinds. Charts bring roles wider than their installer's own: hence bind and escalate. */
function rulesFor(kinds: readonly GroupKind[], schemas: SchemaSet, charts: boolean): readonly Rule[] {
  const groups = Map.groupBy([...new Set(kinds)].map(splitGroupKind), ({ group }) => group);
  return [...groups].map(([group, members]) => ({
    apiGroups: [group],
    resources: members.map(({ kind }) => pluralOf(schemas, group, kind)).toSorted(),
    verbs: charts && group === "rbac.authorization.k8s.io" ? [...manage, "bind", "escalate"] : manage,
  }));
}

function bringsCharts(rendered: readonly RenderedSlice[]): boolean {
  return rendered.some(({ slice }) => slice.chart !== undefined);
}

/** Helm keeps a record of each release as a Secret beside it. */
function releaseRecords(rendered: readonly RenderedSlice[]): readonly GroupKind[] {
  return bringsCharts(rendered) ? ["/Secret"] : [];
}

/** Whoever creates a Role must hold its rights; an app's account holds those of the Roles in its slice. */
function grantedRules(rendered: readonly RenderedSlice[], namespace: string): readonly Rule[] {
  return rendered.flatMap(({ objects }) =>
    objects.flatMap(({ object }) =>
      object.kind === "Role" && object.metadata.namespace === namespace ? rulesOf(object) : [],
    ),
  );
}

function rulesOf(role: KubernetesObject): readonly Rule[] {
  const { rules } = role;
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown) => {
    if (typeof rule !== "object" || rule === null) return [];
    if (!("apiGroups" in rule && "resources" in rule && "verbs" in rule)) return [];
    return [
      { apiGroups: strings(rule.apiGroups), resources: strings(rule.resources), verbs: strings(rule.verbs) },
    ];
  });
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === "string") : [];
}

const labels = { "app.kubernetes.io/managed-by": "slipway" };

function serviceAccount(name: string): object {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: fluxNamespace, labels } };
}

function roleWithBinding(account: string, namespace: string, rules: readonly Rule[]): readonly object[] {
  const name = `slipway-${account}`;
  const metadata = { name, namespace, labels };
  return [
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata, rules },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name: account, namespace: fluxNamespace }],
    },
  ];
}

function clusterRoleWithBinding(account: string, rules: readonly Rule[]): readonly object[] {
  const name = `slipway-${account}`;
  const metadata = { name, labels };
  return [
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata, rules },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name: account, namespace: fluxNamespace }],
    },
  ];
}
