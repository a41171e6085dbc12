import { field } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { judgeStrings } from "./strings.ts";

const bounded = [
  "sourceRepos",
  "sourceNamespaces",
  "destinations",
  "clusterResourceWhitelist",
  "namespaceResourceWhitelist",
];

/** An AppProject allows what its Applications hold, and nothing that may come later. */
export const projectWildcard: Check = {
  id: "project-wildcard",
  *run(input) {
    for (const project of indexOf(input).all("argoproj.io/AppProject")) {
      for (const part of bounded) {
        const allowed = field(project.object, "spec", part);
        for (const { path, judged } of judgeStrings({ [part]: allowed }, wildcard)) {
          yield objectProblem(
            projectWildcard.id,
            input,
            project,
            `it allows ${judged} in ${part}`,
            "list what the project's Applications use",
            `spec.${path}`,
          );
        }
      }
    }
  },
};

function wildcard(value: string): string | undefined {
  return value.includes("*") ? value : undefined;
}
