import { field } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { quantity } from "./quantity.ts";

const required: readonly (readonly [bound: string, resource: string])[] = [
  ["requests", "cpu"],
  ["requests", "memory"],
  ["limits", "memory"],
];

/** Every container says what it needs, and how much memory it may take before it is stopped. */
export const resources: Check = {
  id: "resources",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates.filter(({ source }) => index.isOwn(source))) {
      for (const { name, spec, path } of template.containers) {
        for (const [bound, resource] of required) {
          if (quantity(field(spec, "resources", bound, resource)) !== undefined) continue;
          yield objectProblem(
            resources.id,
            input,
            template.source,
            `container ${name} has no resources.${bound}.${resource}`,
            "set it: requests place the pod and bound its share, a memory limit protects its neighbours",
            `${path}.resources.${bound}.${resource}`,
          );
        }
        for (const resource of ["cpu", "memory"]) {
          const request = field(spec, "resources", "requests", resource);
          const limit = field(spec, "resources", "limits", resource);
          if ((quantity(request) ?? 0) <= (quantity(limit) ?? Infinity)) continue;
          yield objectProblem(
            resources.id,
            input,
            template.source,
            `container ${name} requests ${String(request)} ${resource}, more than its limit of ${String(limit)}`,
            "raise the limit, or lower the request",
            `${path}.resources.requests.${resource}`,
          );
        }
      }
    }
  },
};
