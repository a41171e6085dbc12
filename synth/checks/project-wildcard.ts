import { field } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { RenderedObject } from "../render/render.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { judgeStrings } from "./strings.ts";

const bounded = [
  "sourceRepos",
  "sourceNamespaces",
  "destinations",
  "clusterResourceWhitelist",
  "namespaceResourceWhitelist",
];

/**
 * An AppProject allows what its Applications hold, and nothing that may come later. That of the namespaces is not bounded
 * by namespace, but by kind: it removes what bounded a namespace that no definition names any more.
 */
export const projectWildcard: Check = {
  id: "project-wildcard",
  *run(input) {
    for (const project of indexOf(input).all("argoproj.io/AppProject")) {
      for (const part of bounded) {
        const allowed = field(project.object, "spec", part);
        if (part === "destinations" && isOfNamespaces(input, project)) continue;
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

function isOfNamespaces({ slices }: RenderedCluster, { owner, object }: RenderedObject): boolean {
  return (
    object.metadata.name === owner &&
    slices.some(({ slice }) => slice.owner === owner && slice.kind === "namespaces")
  );
}

function wildcard(value: string): string | undefined {
  return value.includes("*") ? value : undefined;
}
