import { groupOf } from "../render/kubernetes-object.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { crdGroups, crdKinds } from "./crd-groups.ts";
import { indexOf } from "./index-objects.ts";
import { text } from "./json-fields.ts";

/** Groups that the API server serves itself, beside the core group and those without a dot. */
const builtInGroup =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;

/** Something that the cluster runs brings the CRD of every custom resource. */
export const crdProvided: Check = {
  id: "crd-provided",
  *run(input) {
    const index = indexOf(input);
    const charts = new Set(input.slices.flatMap(({ slice }) => slice.chart?.name ?? []));
    const { name: cluster, reconciler } = input.cluster.view;
    const rendered = new Set(
      index
        .all("apiextensions.k8s.io/CustomResourceDefinition")
        .flatMap(({ object }) => text(object, "spec", "group") ?? []),
    );
    for (const each of input.objects) {
      const group = groupOf(each.object.apiVersion);
      if (!group.includes(".") || builtInGroup.test(group) || rendered.has(group)) continue;
      const source = crdKinds[`${group}/${each.object.kind}`] ?? crdGroups[group];
      if (source?.reconciler === reconciler || source?.charts?.some((chart) => charts.has(chart))) continue;
      const sources = [
        ...(source?.charts ?? []).map((chart) => `chart ${chart}`),
        ...(source?.reconciler ? [source.reconciler] : []),
      ];
      yield objectProblem(
        crdProvided.id,
        input,
        each,
        `nothing that ${cluster} runs brings the CRD of ${each.object.kind} (${group})`,
        source === undefined
          ? "say which chart brings that group in synth/checks/crd-groups.ts"
          : `run ${sources.join(" or ")} there (give the cluster the capability it stands for), or do not render the object`,
      );
    }
  },
};
