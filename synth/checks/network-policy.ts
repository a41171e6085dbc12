import { field } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { isEmptySelector, selects } from "./label-selector.ts";
import { workloadText } from "./workloads.ts";

/** Every pod of an app has its connections declared: none is left open, and none is forgotten. */
export const networkPolicy: Check = {
  id: "network-policy",
  *run(input) {
    const index = indexOf(input);
    const namespaces = new Set(
      input.slices
        .filter(({ slice }) => slice.kind === "placement")
        .flatMap(({ slice }) => [slice.namespace, ...slice.otherNamespaces]),
    );
    for (const namespace of namespaces) {
      const policies = index
        .in("networking.k8s.io/NetworkPolicy", namespace)
        .map(({ object }) => field(object, "spec", "podSelector"));
      const closed = policies.some(isEmptySelector);
      const own = policies.filter((selector) => !isEmptySelector(selector));
      for (const template of index.templatesIn(namespace)) {
        if (own.some((selector) => selects(selector, template.labels))) continue;
        yield objectProblem(
          networkPolicy.id,
          input,
          template.source,
          closed
            ? `no flow names ${workloadText(template)}, so it can resolve names and reach nothing`
            : `no policy selects ${workloadText(template)}, so everybody reaches it, and it reaches everybody`,
          closed
            ? "name it in flows(…); if it talks to nobody, say so with a NetworkPolicy without rules"
            : "name it in flows(…), and leave defaultDeny of its namespace on",
        );
      }
    }
  },
};
