import { splitGroupKind } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { fluxNamespace } from "./names.ts";
import { pluralOf } from "../reconciler/plural.ts";
import type { Usage } from "../reconciler/usage.ts";
import { standingKinds } from "../reconciler/standing-kinds.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";

/** What a role allows, as RBAC writes it. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Default: whatever their names. */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Where a chart may come from: it moves from one to the other with the rights to take the first one away. */
const chartSources: readonly GroupKind[] = [
  "source.toolkit.fluxcd.io/HelmRepository",
  "source.toolkit.fluxcd.io/OCIRepository",
];

const manage = ["get", "list", "watch", "create", "update", "patch", "delete"];
const read = ["get", "list", "watch"];

/** Rights of every slice of one kind in its namespaces, whatever it holds at the moment, and to judge its health. */
export function standingRules(kind: Slice["kind"], schemas: SchemaSet): readonly Rule[] {
  const kinds = standingKinds[kind];
  return [...kindRules(kinds, schemas), ...healthRules(kinds)];
}

/** Rights beside the standing ones in one namespace, and what it takes to hand out its Roles and judge its health. */
export function namespaceRules(
  rendered: RenderedSlice,
  namespace: string,
  { kindsIn, standsIn }: Usage,
  schemas: SchemaSet,
): readonly Rule[] {
  const { slice, objects } = rendered;
  // Helm keeps a record of each release as a Secret beside it.
  const helmsHere = slice.chart?.mode === "reference" && namespace === slice.namespace;
  const standing = standsIn.includes(namespace) ? standingKinds[slice.kind] : [];
  const others = (kindsIn.get(namespace) ?? []).filter((kind) => !standing.includes(kind));
  const sources = slice.chart !== undefined && namespace === fluxNamespace ? chartSources : [];
  const managed: readonly GroupKind[] = [...others, ...sources, ...(helmsHere ? ["/Secret" as const] : [])];
  return [
    ...manageRules(rendered, managed, schemas),
    ...healthRules(others),
    ...bindRules(objects, namespace),
    ...objects.flatMap(({ object }) =>
      object.kind === "Role" && object.metadata.namespace === namespace ? rulesOf(object) : [],
    ),
  ];
}

/**
 * Full rights on these kinds of the slice. Charts bring roles wider than their installer's own: hence bind and
 * escalate, for slices with charts only.
 */
export function manageRules(
  { slice }: RenderedSlice,
  kinds: readonly GroupKind[],
  schemas: SchemaSet,
): readonly Rule[] {
  const escalates = slice.chart !== undefined;
  return kindRules(kinds, schemas).map((rule) =>
    escalates && rule.apiGroups.includes("rbac.authorization.k8s.io")
      ? { ...rule, verbs: [...manage, "bind", "escalate"] }
      : rule,
  );
}

function kindRules(kinds: readonly GroupKind[], schemas: SchemaSet): readonly Rule[] {
  const groups = Map.groupBy([...new Set(kinds)].map(splitGroupKind), ({ group }) => group);
  return [...groups].map(([group, members]) => ({
    apiGroups: [group],
    resources: members.map(({ kind }) => pluralOf(schemas, group, kind)).toSorted(),
    verbs: manage,
  }));
}

const workloads: ReadonlySet<GroupKind> = new Set([
  "apps/Deployment",
  "apps/StatefulSet",
  "apps/DaemonSet",
  "batch/Job",
  "batch/CronJob",
]);

/** Whether a workload is well, Flux tells by its ReplicaSets and pods, as the slice's account. */
function healthRules(kinds: readonly GroupKind[]): readonly Rule[] {
  if (!kinds.some((kind) => workloads.has(kind))) return [];
  return [
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: read },
    { apiGroups: [""], resources: ["pods"], verbs: read },
  ];
}

/**
 * To bind the Roles that it makes itself, by name. Flux tries a whole stage before it applies it: a binding whose Role is
 * not there yet can only be judged by this right. It gives nothing, as nobody without escalate makes a Role wider than itself.
 */
function bindRules(objects: RenderedSlice["objects"], namespace: string): readonly Rule[] {
  const resourceNames = objects
    .filter(({ object }) => object.kind === "Role" && object.metadata.namespace === namespace)
    .map(({ object }) => object.metadata.name);
  if (resourceNames.length === 0) return [];
  return [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], resourceNames, verbs: ["bind"] }];
}

/** Whoever creates a Role must hold the rights that it gives. */
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
