import { isDeepStrictEqual } from "node:util";
import { isFields, text } from "../../../synth/objects/json-fields.ts";
import type { Fields } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { keyOf } from "../object-key.ts";
import type { ObjectKey } from "../object-key.ts";

/** One object as it is meant to be, without what the API server and controllers write beside it. */
export interface Remembered {
  readonly object: KubernetesObject;
  readonly uid: string;
  readonly content: Fields;
}

export type Snapshot = ReadonlyMap<ObjectKey, Remembered>;

export function snapshot(objects: Iterable<KubernetesObject>): Snapshot {
  return new Map(
    [...objects].map((object) => [
      keyOf(object),
      { object, uid: text(object.metadata, "uid") ?? "", content: intention(object) },
    ]),
  );
}

/** How one snapshot differs from an earlier one; keys in order. */
export interface SnapshotDifference {
  readonly missing: readonly ObjectKey[];
  readonly added: readonly ObjectKey[];
  /** With the paths of the fields that differ. */
  readonly changed: readonly { readonly key: ObjectKey; readonly paths: readonly string[] }[];
  /** There both times, and another one. */
  readonly recreated: readonly ObjectKey[];
}

export function compareSnapshots(before: Snapshot, after: Snapshot): SnapshotDifference {
  const both = [...before].flatMap(([key, old]) => {
    const current = after.get(key);
    return current === undefined ? [] : [{ key, old, current }];
  });
  return {
    missing: [...before.keys()].filter((key) => !after.has(key)).toSorted(),
    added: [...after.keys()].filter((key) => !before.has(key)).toSorted(),
    changed: both
      .map(({ key, old, current }) => ({ key, paths: differingPaths(old.content, current.content) }))
      .filter(({ paths }) => paths.length > 0)
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    recreated: both
      .filter(({ old, current }) => old.uid !== current.uid)
      .map(({ key }) => key)
      .toSorted(),
  };
}

const serverFields: ReadonlySet<string> = new Set([
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "managedFields",
  "selfLink",
]);

/** Written by controllers to say what they did, not what is wanted. */
const controllerMarks =
  /^(deployment\.kubernetes\.io\/revision|rollout\.argoproj\.io\/revision|deprecated\.daemonset\.template\.generation|argocd\.argoproj\.io\/refresh|reconcile\.fluxcd\.io\/.*|pv\.kubernetes\.io\/.*|(batch\.kubernetes\.io\/)?(controller-uid|job-name))$/;

function intention({ status: _status, operation: _operation, metadata, ...rest }: KubernetesObject): Fields {
  const kept = Object.entries(metadata)
    .filter(([name]) => !serverFields.has(name))
    .map(([name, value]) => [name, isFields(value) ? withoutMarks(value) : value] as const)
    .filter(([, value]) => !(isFields(value) && Object.keys(value).length === 0));
  return { ...withoutIdentity(rest), metadata: Object.fromEntries(kept) };
}

function withoutMarks(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !controllerMarks.test(name)));
}

/** A Job's selector and the labels of its pods hold its own uid. */
function withoutIdentity(value: Fields): Fields {
  return Object.fromEntries(
    Object.entries(withoutMarks(value)).map(([name, member]) => [
      name,
      isFields(member) ? withoutIdentity(member) : member,
    ]),
  );
}

/** Paths, from the object's root, at which two values differ; where only one has members, the path of the whole. */
export function differingPaths(before: unknown, after: unknown, path = ""): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isFields(before) || !isFields(after)) return [path];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) =>
    differingPaths(before[name], after[name], path === "" ? name : `${path}.${name}`),
  );
}
