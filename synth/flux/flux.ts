import { annotated } from "../objects/kubernetes-object.ts";
import type { ReconcilerWiring } from "../reconciler/wiring.ts";
import { outlivesGit } from "../reconciler/stateful.ts";
import { access } from "./access.ts";
import { bootstrap } from "./bootstrap.ts";
import { helmRelease } from "./helm-release.ts";
import { kustomizations } from "./kustomization.ts";
import { fluxNamespace, keep } from "./names.ts";

/** Flux: a Kustomization for each stage of a slice, dependsOn from the dependency graph, each under its own account. */
export const flux: ReconcilerWiring = {
  namespace: fluxNamespace,
  chartObjects: (slice) => (slice.chart?.mode === "reference" ? helmRelease(slice, slice.chart) : []),
  annotate: ({ object }) => annotated(object, outlivesGit(object) ? keep : {}),
  delivery: (cluster, slices, schemas) => [
    ...bootstrap(cluster),
    ...access(cluster, slices, schemas),
    ...kustomizations(cluster, slices),
  ],
};
