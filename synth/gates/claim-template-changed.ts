import { pathText } from "../changes/field-path.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/** No StatefulSet asks for other volumes than those it has. */
export const claimTemplateChanged: Gate = {
  id: "claim-template-changed",
  *run({ changes }) {
    for (const { kind, operation, fields, after } of changes.objects) {
      if (operation !== "changed" || after === undefined || kind !== "apps/StatefulSet") continue;
      const changed = fields.filter(({ path }) => path[1] === "volumeClaimTemplates");
      if (changed.length === 0) continue;
      yield gateProblem(
        claimTemplateChanged.id,
        after,
        `${changed.map(({ path }) => pathText(path)).join(", ")} changes: the API server refuses that, and the volumes that are there stay as they are`,
        "to grow volumes, edit the claims in the cluster and delete the StatefulSet with --cascade=orphan, then waive this for the day; else keep the template",
      );
    }
  },
};
