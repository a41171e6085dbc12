import type { GroupKind } from "../objects/group-kind.ts";
import type { FieldPath } from "./field-path.ts";

/** Labels that only say where an object comes from. Names that selectors use are not among them. */
const labels =
  /^(slipway\.dev\/|app\.kubernetes\.io\/(managed-by|version|part-of)$|helm\.sh\/chart$|(chart|heritage|release)$)/;

/** Annotations by which Slipway and charts keep their books, and the order of a first installation. */
const annotations =
  /^(slipway\.dev\/|meta\.helm\.sh\/|checksum\/|argocd\.argoproj\.io\/(sync-wave|manifest-generate-paths)$)/;

/**
 * Whether a change of this field changes nothing in the cluster but the field: labels and annotations of the object
 * itself. Those of a pod template are none, since every change there starts pods again, nor are a Namespace's labels,
 * which policies select by.
 */
export function isNoise(kind: GroupKind, path: FieldPath): boolean {
  const [first, second, key = ""] = path;
  if (first !== "metadata") return false;
  if (second === "labels") return kind !== "/Namespace" && labels.test(key);
  return second === "annotations" && annotations.test(key);
}
