import { didYouMean } from "../model/did-you-mean.ts";
import { fields } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { podReferences } from "./pod-references.ts";
import { workloadText } from "./workloads.ts";

/** Kubernetes writes the API server's certificate into every namespace. */
const everywhere = "kube-root-ca.crt";

/** Every ConfigMap that a pod reads is there, with the keys it asks for. */
export const configReference: Check = {
  id: "config-reference",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      for (const { kind, name, keys, path } of podReferences(template)) {
        if (kind !== "ConfigMap" || name === everywhere) continue;
        const { namespace, source } = template;
        const found = index.find("/ConfigMap", namespace, name);
        if (found === undefined) {
          if (index.hasUnknownObjects(namespace)) continue;
          yield objectProblem(
            configReference.id,
            input,
            source,
            `${workloadText(template)} reads ConfigMap ${name}, which namespace ${namespace} does not have`,
            didYouMean(
              name,
              index.names("/ConfigMap", namespace),
              "render it in that namespace with config(…)",
            ),
            path,
          );
          continue;
        }
        const known = [
          ...Object.keys(fields(found.object, "data")),
          ...Object.keys(fields(found.object, "binaryData")),
        ];
        for (const missing of keys.filter((key) => !known.includes(key))) {
          yield objectProblem(
            configReference.id,
            input,
            source,
            `${workloadText(template)} reads key ${missing} of ConfigMap ${name}, which has ${known.join(", ")}`,
            didYouMean(missing, known, `add ${missing} to ConfigMap ${name} in ${found.definition}`),
            path,
          );
        }
      }
    }
  },
};
