import type { Problem } from "../model/problem.ts";
import type { Provider } from "../model/cluster-view.ts";
import type { RenderedObject } from "../render/render.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { list, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { judgeStrings } from "./strings.ts";
import { workloadText } from "./workloads.ts";

/** Classes that a cluster has before anything is applied. */
const providerClasses: Readonly<Record<Provider, readonly string[]>> = {
  eks: ["gp2"],
  kind: ["standard"],
  embedded: ["standard"],
};

/** Every claim that a pod mounts is there, and asks for a storage class that is. */
export const claimReference: Check = {
  id: "claim-reference",
  *run(input) {
    const index = indexOf(input);
    for (const template of index.templates) {
      const { namespace, spec, path, source } = template;
      for (const [position, volume] of list(spec, "volumes").entries()) {
        const name = text(volume, "persistentVolumeClaim", "claimName");
        if (name === undefined || index.hasUnknownObjects(namespace)) continue;
        if (index.find("/PersistentVolumeClaim", namespace, name) !== undefined) continue;
        yield objectProblem(
          claimReference.id,
          input,
          source,
          `${workloadText(template)} mounts claim ${name}, which namespace ${namespace} does not have`,
          didYouMean(
            name,
            index.names("/PersistentVolumeClaim", namespace),
            "render it in that namespace with volumeClaim(…)",
          ),
          `${path}.volumes[${position}]`,
        );
      }
    }
    const classes = storageClasses(input);
    for (const claim of index.all("/PersistentVolumeClaim")) {
      yield* missingClass(input, claim, claim.object, "spec", classes);
    }
    for (const set of index.all("apps/StatefulSet")) {
      for (const [position, template] of list(set.object, "spec", "volumeClaimTemplates").entries()) {
        yield* missingClass(input, set, template, `spec.volumeClaimTemplates[${position}].spec`, classes);
      }
    }
  },
};

function* missingClass(
  input: RenderedCluster,
  rendered: RenderedObject,
  claim: unknown,
  path: string,
  classes: readonly string[],
): Iterable<Problem> {
  const name = text(claim, "spec", "storageClassName");
  // None means the cluster's default class; an empty one, a volume made by hand.
  if (name === undefined || name === "" || classes.includes(name)) return;
  yield objectProblem(
    claimReference.id,
    input,
    rendered,
    `it asks for storage class ${name}, which ${input.cluster.view.name} does not have`,
    didYouMean(
      name,
      classes,
      "give the cluster the storage capability whose add-on renders the class, or use its class",
    ),
    `${path}.storageClassName`,
  );
}

function storageClasses(input: RenderedCluster): readonly string[] {
  const index = indexOf(input);
  const fromCharts = index.charts
    .filter(({ chart }) => chart.kinds.cluster.includes("storage.k8s.io/StorageClass"))
    .flatMap(({ chart }) => judgeStrings(chart.values, (value, key) => (key === "name" ? value : undefined)))
    .filter(({ path }) => /storageClass/i.test(path))
    .map(({ judged }) => judged);
  return [
    ...providerClasses[input.cluster.view.provider],
    ...index.names("storage.k8s.io/StorageClass"),
    ...fromCharts,
  ];
}
