import { list, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

const kind = "kustomize.toolkit.fluxcd.io/Kustomization";

/** Flux waits for ever for what is not there: a frozen slice may name a neighbour that main has taken out since. */
export const deliveryOrder: Check = {
  id: "delivery-order",
  *run(input) {
    const index = indexOf(input);
    for (const rendered of index.all(kind)) {
      const { namespace, name } = rendered.object.metadata;
      for (const dependency of list(rendered.object, "spec", "dependsOn")) {
        const wanted = text(dependency, "name") ?? "";
        const where = text(dependency, "namespace") ?? namespace;
        if (index.find(kind, where, wanted) !== undefined) continue;
        yield objectProblem(
          deliveryOrder.id,
          input,
          rendered,
          `${name} waits for ${wanted}, which the cluster does not run`,
          "keep what it waits for; or promote a revision that does not need it, then take it out",
          "spec.dependsOn",
        );
      }
    }
  },
};
