import { pathText } from "../changes/field-path.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** Kinds that find their pods by a selector which cannot change. */
const kinds: ReadonlySet<string> = new Set([
  "apps/Deployment",
  "apps/DaemonSet",
  "apps/ReplicaSet",
  "apps/StatefulSet",
]);

/** No workload selects other pods than before. */
export const selectorChanged: Gate = {
  id: "selector-changed",
  *run({ changes }) {
    for (const { kind, operation, fields, after } of changes.objects) {
      if (operation !== "changed" || after === undefined || !kinds.has(kind)) continue;
      const changed = fields.filter(({ path }) => path[0] === "spec" && path[1] === "selector");
      if (changed.length === 0) continue;
      yield gateProblem(
        selectorChanged.id,
        after,
        `${changed.map(({ path }) => pathText(path)).join(", ")} changes: the API server refuses that, and a new ${after.object.kind} in its place would leave the old pods behind`,
        "keep the selector; name the component otherwise if it is another one",
      );
    }
  },
};
