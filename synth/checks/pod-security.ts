import type { PodSecurity } from "../model/namespace.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import type { ClusterIndex } from "./index-objects.ts";
import { baselineControls } from "./pod-security-controls.ts";
import type { Control } from "./pod-security-controls.ts";
import { restrictedControls } from "./pod-security-restricted.ts";

const controls: Readonly<Record<PodSecurity, readonly Control[]>> = {
  privileged: [],
  baseline: baselineControls,
  restricted: restrictedControls,
};

/** Every pod satisfies the level that its namespace enforces, so that admission takes it. */
export const podSecurity: Check = {
  id: "pod-security",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      const level = levelOf(index, template.namespace);
      for (const control of controls[level]) {
        for (const found of control(template)) {
          const path = found.field.startsWith("metadata.")
            ? `${template.path.replace(/spec$/, "")}${found.field}`
            : `${template.path}.${found.field}`;
          yield objectProblem(
            podSecurity.id,
            input,
            template.source,
            `${found.control}: ${found.field} is ${found.value}, which level ${level} of namespace ${template.namespace} forbids`,
            `allowed is ${found.allowed}; a looser level is the namespace's to declare, with the reason`,
            path,
          );
        }
      }
    }
  },
};

/** Namespaces that Kubernetes makes itself enforce nothing. */
function levelOf(index: ClusterIndex, namespace: string): PodSecurity {
  const labels = index.find("/Namespace", undefined, namespace)?.object.metadata.labels ?? {};
  const level = labels["pod-security.kubernetes.io/enforce"];
  return level === "restricted" || level === "baseline" ? level : "privileged";
}
