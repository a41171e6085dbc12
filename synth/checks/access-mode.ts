import { field, list, number, strings, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { podCount } from "./replicas.ts";
import { workloadText } from "./workloads.ts";
import type { PodTemplate } from "./workloads.ts";

/** A volume that one node mounts at a time has one pod at a time. */
export const accessMode: Check = {
  id: "access-mode",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      for (const [position, volume] of list(template.spec, "volumes").entries()) {
        const name = text(volume, "persistentVolumeClaim", "claimName");
        if (name === undefined) continue;
        const claim = index.find("/PersistentVolumeClaim", template.namespace, name);
        const modes = strings(claim?.object, "spec", "accessModes");
        if (modes.length === 0 || !modes.every((mode) => mode.startsWith("ReadWriteOnce"))) continue;
        const { max } = podCount(index, template);
        const overlaps = max > 1 ? undefined : overlap(template);
        if (max <= 1 && overlaps === undefined) continue;
        yield objectProblem(
          accessMode.id,
          input,
          template.source,
          `${workloadText(template)} ${overlaps ?? `runs up to ${max} pods`} with claim ${name}, which is ${modes.join(", ")}: the second pod hangs on another node`,
          overlaps === undefined
            ? 'run one replica, claim with access: "shared" (ReadWriteMany), or use a StatefulSet with a volume for each'
            : 'set strategy: "recreate", or claim with access: "shared" (ReadWriteMany)',
          `${template.path}.volumes[${position}]`,
        );
      }
    }
  },
};

/** Whether a change starts the new pod before the old one is gone. */
function overlap({ kind, workload }: PodTemplate): string | undefined {
  if (kind !== "apps/Deployment" || text(workload, "spec", "strategy", "type") === "Recreate")
    return undefined;
  const rolling = field(workload, "spec", "strategy", "rollingUpdate");
  const surge = number(rolling, "maxSurge") ?? text(rolling, "maxSurge") ?? "25%";
  return surge === 0 || surge === "0%" ? undefined : "starts a new pod beside the old one on every change";
}
