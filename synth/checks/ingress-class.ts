import { didYouMean } from "../model/did-you-mean.ts";
import { text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Every Ingress belongs to a class that a controller of the cluster serves. */
export const ingressClass: Check = {
  id: "ingress-class",
  *run(input) {
    const index = indexOf(input);
    const { ingress } = input.cluster.capabilities;
    const known = [
      ...(ingress === undefined ? [] : [ingress.controller]),
      ...index.names("networking.k8s.io/IngressClass"),
    ];
    const byDefault = index
      .all("networking.k8s.io/IngressClass")
      .some(
        ({ object }) =>
          object.metadata.annotations?.["ingressclass.kubernetes.io/is-default-class"] === "true",
      );
    for (const rendered of index.all("networking.k8s.io/Ingress")) {
      const name =
        text(rendered.object, "spec", "ingressClassName") ??
        rendered.object.metadata.annotations?.["kubernetes.io/ingress.class"];
      if (name === undefined ? byDefault : known.includes(name)) continue;
      yield objectProblem(
        ingressClass.id,
        input,
        rendered,
        name === undefined
          ? `it names no class, and ${input.cluster.view.name} has no default one`
          : `it is of class ${name}, which ${input.cluster.view.name} does not have`,
        didYouMean(
          name ?? "",
          known,
          known.length === 0
            ? 'give the cluster the capability "ingress"'
            : `use ${known.join(" or ")}, which httpIngress(…) does by itself`,
        ),
        "spec.ingressClassName",
      );
    }
  },
};
