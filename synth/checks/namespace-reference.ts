import { didYouMean } from "../model/did-you-mean.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Every object lives in a namespace that is declared, or that Kubernetes has. */
export const namespaceReference: Check = {
  id: "namespace-reference",
  *run(input) {
    const { namespaces } = indexOf(input);
    for (const rendered of input.objects) {
      const { namespace } = rendered.object.metadata;
      if (namespace === undefined || namespaces.has(namespace)) continue;
      yield objectProblem(
        namespaceReference.id,
        input,
        rendered,
        `namespace ${namespace} is declared by nobody`,
        didYouMean(
          namespace,
          [...namespaces],
          "declare it: in the app's namespaces, or as the namespace of the add-on",
        ),
        "metadata.namespace",
      );
    }
  },
};
