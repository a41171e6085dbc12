import { crdSource } from "../model/crd-groups.ts";
import { groupOf } from "../objects/group-kind.ts";
import { text } from "../objects/json-fields.ts";
import { customKinds } from "../resolve/custom-kinds.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** Groups that the API server serves itself, beside the core group and those without a dot. */
const builtInGroup =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;

/** Something that the cluster runs brings the CRD of every custom resource. */
export const crdProvided: Check = {
  id: "crd-provided",
  *run(input) {
    const index = indexOf(input);
    const isServed = customKinds(input.cluster);
    const rendered = new Set(
      index
        .all("apiextensions.k8s.io/CustomResourceDefinition")
        .flatMap(({ object }) => text(object, "spec", "group") ?? []),
    );
    for (const each of input.objects) {
      const { apiVersion, kind } = each.object;
      const group = groupOf(apiVersion);
      if (!group.includes(".") || builtInGroup.test(group) || rendered.has(group)) continue;
      if (isServed({ group, kind })) continue;
      const source = crdSource(group, kind);
      const sources = [
        ...(source?.charts ?? []).map((chart) => `chart ${chart}`),
        ...(source?.reconciler ? [source.reconciler] : []),
      ];
      yield objectProblem(
        crdProvided.id,
        input,
        each,
        `nothing that ${input.cluster.view.name} runs brings the CRD of ${kind} (${group})`,
        source === undefined
          ? "say which chart brings that group in synth/model/crd-groups.ts"
          : `run ${sources.join(" or ")} there (give the cluster the capability it stands for), or do not render the object`,
      );
    }
  },
};
