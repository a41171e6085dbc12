import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterView } from "../../synth/model/cluster-view.ts";
import type { Roles } from "../../synth/model/facts.ts";
import type { Permissions } from "../../synth/model/permission.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { RenderedObject } from "../../synth/render/render.ts";
import { inDist, releasePath } from "../../synth/model/paths.ts";
import type { Slice } from "../../synth/resolve/slice.ts";
import { definitionLines } from "../definition-lines.ts";
import { root } from "../root.ts";
import type { Found } from "./find.ts";
import type { FrozenAt } from "./frozen-at.ts";
import { explainStack } from "./stack.ts";
import type { ExplainedStack } from "./stack.ts";
import { remoteSecrets } from "../../synth/aws/remote-secrets.ts";
import type { RemoteSecret } from "../../synth/aws/remote-secrets.ts";

export interface AccountPermissions extends Permissions {
  /** `<namespace>/<service account>`. */
  readonly serviceAccount: string;
  /** Null on a cluster that is not on AWS. */
  readonly role: string | null;
}

/** Where a file of dist comes from, and why it is what it is. */
export interface Explanation {
  /** From the repository root. */
  readonly path: string;
  readonly cluster: string;
  /** `Kind/namespace/name`; null for the folder of a slice, and for a file of chart values. */
  readonly object: string | null;
  readonly apiVersion: string | null;
  /** The file to open to change it. */
  readonly definition: string;
  /** Line that created the object, `<file>:<line>`; null where a building block of synth did, not a definition. */
  readonly createdAt: string | null;
  /** Lines of definitions that led there, innermost first. */
  readonly calledFrom: readonly string[];
  /** Whether the file is the reconciler's, about the slice, and not of the slice. */
  readonly delivers: boolean;
  /** The release that keeps it as it is; all else is then told of its definition as it is now. Null for what follows main. */
  readonly frozen: FrozenAt | null;
  /** Null for what serves the whole cluster. */
  readonly slice: ExplainedSlice | null;
  /** Null for what is no template of a stack. */
  readonly stack: ExplainedStack | null;
}

interface ExplainedSlice {
  readonly owner: string;
  readonly description: string;
  readonly layer: string;
  /** Stage of the object; null for the folder of the slice. */
  readonly stage: string | null;
  readonly stages: readonly string[];
  readonly namespace: string;
  /** For the object of a namespace: the slices that live in it. */
  readonly users: readonly string[];
  readonly dependsOn: readonly string[];
  readonly neededBy: readonly string[];
  /** What decides its images; null for what is no placement. */
  readonly release: string | null;
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string } | null;
  /** Parameters of a placement, values of a chart. */
  readonly parameters: unknown;
  /** Of the service account, where the object is one; else of all of the slice. */
  readonly permissions: readonly AccountPermissions[];
  /** Of the ExternalSecret, where the object is one; none of any other object; else of all of the slice. */
  readonly secrets: readonly RemoteSecret[];
}

/** @param frozen the release that keeps it as it is */
export function explain(found: Found, frozen: FrozenAt | null = null): Explanation {
  const { path, file, rendered, slice, stack, cluster, delivers } = found;
  const frames = definitionLines(rendered?.stack ?? "").map(({ file, line }) => `${file}:${line}`);
  const [createdAt = chartLine(found) ?? null, ...calledFrom] = [...new Set(frames)];
  return {
    path: inDist(path),
    cluster: cluster.view.name,
    object: rendered ? objectName(rendered.object) : null,
    apiVersion: rendered?.object.apiVersion ?? null,
    definition: file?.definition ?? slice?.definition ?? cluster.definition,
    createdAt,
    calledFrom,
    delivers,
    frozen,
    slice: slice ? explainSlice(found, slice, rendered) : null,
    stack: stack ? explainStack(cluster.view, stack) : null,
  };
}

function explainSlice(
  { cluster, delivers, all }: Found,
  slice: Slice,
  rendered: RenderedObject | undefined,
): ExplainedSlice {
  const { chart } = slice;
  const object = delivers ? undefined : rendered?.object;
  const about = slice.kind === "namespaces" ? namespaceOf(object) : undefined;
  return {
    owner: slice.owner,
    description: slice.description,
    layer: slice.layer,
    stage: object && rendered ? rendered.stage : null,
    stages: slice.stages,
    namespace: slice.namespace,
    users: cluster.order
      .filter((each) => each !== slice && about !== undefined && writesTo(each, about))
      .map(({ owner }) => owner),
    dependsOn: slice.dependsOn,
    neededBy: cluster.order
      .filter(({ dependsOn }) => dependsOn.includes(slice.owner))
      .map(({ owner }) => owner),
    release: releaseOf(slice),
    chart: chart ? { repository: chart.repository, name: chart.name, version: chart.version } : null,
    parameters: about === undefined ? slice.parameters : named(slice.parameters, about),
    permissions: permissionsOf(cluster.view, slice, object),
    secrets: remoteSecrets(
      object === undefined
        ? all.flatMap((each) => (each.owner === slice.owner ? [each.object] : []))
        : [object],
      all.map((each) => each.object),
    ),
  };
}

/** The namespace that an object of the namespaces' slice is, or is in. */
function namespaceOf(object: KubernetesObject | undefined): string | undefined {
  return object && (object.metadata.namespace ?? object.metadata.name);
}

function writesTo({ namespace, otherNamespaces }: Slice, name: string): boolean {
  return namespace === name || otherNamespaces.includes(name);
}

/** The member of a list that has this name; the list where none has. */
function named(list: unknown, name: string): unknown {
  if (!Array.isArray(list)) return list;
  const members: readonly unknown[] = list;
  const member = members.find(
    (each) => typeof each === "object" && each !== null && "name" in each && each.name === name,
  );
  return member ?? list;
}

function releaseOf({ placement }: Slice): string | null {
  return placement ? releasePath(placement.app, placement.environment) : null;
}

function permissionsOf(
  view: ClusterView,
  slice: Slice,
  object: KubernetesObject | undefined,
): readonly AccountPermissions[] {
  const roles: Roles = view.provider === "eks" ? view.roles : {};
  const { namespace = "", name } = object?.metadata ?? { name: "" };
  const accounts = Object.entries(slice.permissions).filter(
    ([account]) =>
      object === undefined ||
      isChart(object) ||
      (object.kind === "ServiceAccount" && account === `${namespace}/${name}`),
  );
  return accounts.map(([serviceAccount, permissions]) => ({
    serviceAccount,
    role: roles[serviceAccount] ?? null,
    ...permissions,
  }));
}

/** Objects that stand for a chart, whose service accounts no file of dist holds. */
function isChart({ kind }: KubernetesObject): boolean {
  return kind === "HelmRelease";
}

/** Where a file that stands for a chart comes from: the only line of the definition that starts a chart. */
function chartLine({ slice, file, rendered }: Found): string | undefined {
  if (slice?.chart === undefined || file === undefined || (rendered?.stack ?? "") !== "") return undefined;
  const lines = readFileSync(join(root, slice.definition), "utf8").split("\n");
  const starts = lines.flatMap((line, index) => (/^\s*chart: \{/.test(line) ? [index + 1] : []));
  return starts.length === 1 ? `${slice.definition}:${starts[0]}` : undefined;
}
