import type { DistTree } from "../changes/dist-tree.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import { gateProblem } from "./gate.ts";
import type { Gate, GateInput } from "./gate.ts";
import { covers, isGrave, rightsIn, rightsText } from "./rights.ts";
import type { Right, SubjectRights } from "./rights.ts";

const kinds: ReadonlySet<string> = new Set<GroupKind>([
  "rbac.authorization.k8s.io/Role",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/RoleBinding",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
]);

/** Folders of the reconciler's own accounts, whose rights Slipway derives from what their slices hold. */
const derived: ReadonlySet<string> = new Set(["access", "reconciler"]);

/**
 * Nobody may do more than before: compared is what each subject may do in the end, by all of its roles together. A new
 * account is a new component, and stands in the diff; it is refused only rights by which it could take everything.
 */
export const rbacWidened: Gate = {
  id: "rbac-widened",
  *run(input) {
    const clusters = new Set(
      input.changes.objects.flatMap(({ kind, place }) => (kinds.has(kind) ? [place.cluster] : [])),
    );
    for (const cluster of clusters) {
      const before = rightsIn(input.base, cluster);
      for (const now of rightsIn(input.head, cluster).values()) {
        const gained = gainedRights(input, cluster, before.get(now.subject), now);
        const [binding] = bindingsOf(now, gained);
        if (gained.length === 0 || binding === undefined) continue;
        const problem = gateProblem(
          rbacWidened.id,
          binding,
          `it gains rights: ${shortened(rightsText(gained))}`,
          "leave the right out; if it is needed, a waiver says what for",
        );
        yield { ...problem, at: { ...problem.at, object: now.subject } };
      }
    }
  },
};

function gainedRights(
  input: GateInput,
  cluster: string,
  before: SubjectRights | undefined,
  now: SubjectRights,
): readonly Right[] {
  const gained = now.rights.filter((right) => !covers(before?.rights ?? [], right));
  if (gained.length === 0) return [];
  const isDerived = now.bindings.every(({ folder }) => derived.has(folder));
  if (isNew(input, cluster, now.subject)) return isDerived ? [] : gained.filter(isGrave);
  return isDerived ? gained.filter(isGrave) : gained;
}

/** An account that comes with this change. Users, groups and accounts of charts are taken to be there. */
function isNew({ base, head }: GateInput, cluster: string, subject: string): boolean {
  return hasAccount(head, cluster, subject) && !hasAccount(base, cluster, subject);
}

function hasAccount(tree: DistTree, cluster: string, subject: string): boolean {
  return tree
    .objects(cluster, "/ServiceAccount")
    .some(
      ({ object: { metadata } }) => `ServiceAccount/${metadata.namespace ?? ""}/${metadata.name}` === subject,
    );
}

/** Those in whose scope something was gained; any, where that does not tell. */
function bindingsOf({ bindings }: SubjectRights, gained: readonly Right[]) {
  const scopes = new Set(gained.map(({ scope }) => scope));
  const fitting = bindings.filter(({ object }) => scopes.has(object.metadata.namespace ?? "*"));
  return fitting.length > 0 ? fitting : bindings;
}

/** A sentence that can still be read. */
function shortened(sentence: string): string {
  const parts = sentence.split("; ");
  return parts.length <= 6 ? sentence : `${parts.slice(0, 5).join("; ")}; and ${parts.length - 5} more`;
}
