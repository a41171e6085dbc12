import { groupOf } from "../objects/group-kind.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import type { RenderedObject } from "../render/render.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** No object has two owners, nor stands twice with one. */
export const duplicateObject: Check = {
  id: "duplicate-object",
  *run(input) {
    const seen = new Map<string, RenderedObject>();
    for (const rendered of input.objects) {
      const key = `${groupOf(rendered.object.apiVersion)}/${objectName(rendered.object)}`;
      const other = seen.get(key);
      if (other === undefined) {
        seen.set(key, rendered);
        continue;
      }
      yield objectProblem(
        duplicateObject.id,
        input,
        rendered,
        other.owner === rendered.owner
          ? `${rendered.owner} renders it twice`
          : `both ${other.owner} (${other.definition}) and ${rendered.owner} (${rendered.definition}) own it`,
        "let one of them own it, or give one a name of its own",
      );
    }
  },
};
