import type { Reconciler } from "../../../synth/model/names.ts";
import { argocdView } from "./argocd.ts";
import { fluxView } from "./flux.ts";
import type { ReconcilerView } from "./reconciler-view.ts";

export const reconcilerViews: Readonly<Record<Reconciler, ReconcilerView>> = {
  argocd: argocdView,
  flux: fluxView,
};
