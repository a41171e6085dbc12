import { validateObject } from "../schemas/validate.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** Every object is one the cluster's API server would take, down to the last field. */
export const schema: Check = {
  id: "schema",
  *run(input) {
    for (const rendered of input.objects) {
      for (const issue of validateObject(input.schemas, rendered.object)) {
        yield objectProblem(schema.id, input, rendered, issue.what, issue.fix, issue.path);
      }
    }
  },
};
