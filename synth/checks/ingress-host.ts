import { field, list } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** An Ingress says whose requests it takes: a rule without a host takes those for every name. */
export const ingressHost: Check = {
  id: "ingress-host",
  *run(input) {
    const index = indexOf(input);
    for (const ingress of index.all("networking.k8s.io/Ingress").filter((each) => index.isOwn(each))) {
      for (const [position, rule] of list(ingress.object, "spec", "rules").entries()) {
        if (field(rule, "host") !== undefined) continue;
        yield objectProblem(
          ingressHost.id,
          input,
          ingress,
          "its rule has no host, so it takes requests for every name",
          'give it a host such as "shop.example.com", or "*.example.com" for all names below one',
          `spec.rules[${position}].host`,
        );
      }
    }
  },
};
