import { isReadable } from "../changes/dist-object.ts";
import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import { outlivesGit } from "../reconciler/stateful.ts";
import { standingKinds } from "../reconciler/standing-kinds.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** Folders that the reconciler applies with rights of its own, or not at all. */
const ownFolders: ReadonlySet<string> = new Set(["access", "aws", "bootstrap", "reconciler"]);
const standing: ReadonlySet<GroupKind> = new Set(Object.values(standingKinds).flat());

/**
 * No slice that stays loses the last object of a kind that it has no standing right to: its account or project loses the
 * right to that kind in the same commit, so that nobody removes the object.
 */
export const leftBehind: Gate = {
  id: "left-behind",
  *run({ head, changes }) {
    for (const { kind, operation, before } of changes.objects) {
      if (operation !== "removed" || before === undefined || standing.has(kind)) continue;
      // What is kept on purpose has a gate of its own.
      if (ownFolders.has(before.folder) || outlivesGit(before.object)) continue;
      const others = ofSlice(head, before);
      if (others.length === 0 || others.some(({ object }) => groupKindOf(object) === kind)) continue;
      yield gateProblem(
        leftBehind.id,
        before,
        `it stays in the cluster: ${before.owner} holds no other ${before.object.kind}, and loses the right to remove one together with it`,
        `say in a waiver who deletes it once this is merged: kubectl delete ${resourceOf(before)}`,
      );
    }
  },
};

/** What the slice holds now. */
function ofSlice(head: DistTree, { cluster, folder, owner }: DistObject): readonly DistObject[] {
  const own = head.pathsOf(cluster).filter((path) => path.startsWith(`${cluster}/${folder}/${owner}/`));
  return own.flatMap((path) => {
    const read = head.read(path);
    return read !== undefined && isReadable(read) ? [read] : [];
  });
}

function resourceOf({ object }: DistObject): string {
  const { namespace, name } = object.metadata;
  const kind = object.kind.toLowerCase();
  return `${kind}/${name}${namespace === undefined ? "" : ` --namespace ${namespace}`}`;
}
