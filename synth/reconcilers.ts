import { argocd } from "./argocd/argocd.ts";
import { flux } from "./flux/flux.ts";
import type { Reconciler } from "./model/names.ts";
import type { ReconcilerWiring } from "./reconciler/wiring.ts";

/** Every reconciler there is; one without its wiring does not compile. */
export const reconcilerWirings: Readonly<Record<Reconciler, ReconcilerWiring>> = { argocd, flux };
