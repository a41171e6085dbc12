import { annotated } from "../objects/kubernetes-object.ts";
import type { ReconcilerWiring } from "../reconciler/wiring.ts";
import { outlivesGit } from "../reconciler/stateful.ts";
import { application } from "./application.ts";
import { bootstrap } from "./bootstrap.ts";
import { argocdNamespace } from "./names.ts";
import { project } from "./project.ts";

/** Argo CD: an app of apps, one Application for each slice, sync waves from the dependency graph. */
export const argocd: ReconcilerWiring = {
  namespace: argocdNamespace,
  // Argo CD pulls a chart itself: the Application names it.
  chartObjects: () => [],
  annotate: ({ object, stage }, { slice }) =>
    annotated(object, {
      ...(slice.stages.length > 1 && {
        "argocd.argoproj.io/sync-wave": String(slice.stages.indexOf(stage)),
      }),
      ...(outlivesGit(object) && {
        "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
        // Else what is kept would leave its Application OutOfSync for as long as it is there.
        "argocd.argoproj.io/compare-options": "IgnoreExtraneous",
      }),
    }),
  delivery: (cluster, slices) => [
    ...bootstrap(cluster),
    ...slices.flatMap((rendered) => [project(cluster, rendered), application(cluster, rendered)]),
  ],
};
