import type { Slice } from "../resolve/slice.ts";

export const fluxNamespace = "flux-system";
/** The GitRepository that every Kustomization reads. */
export const sourceName = "slipway";
/** The Kustomization of the accounts that the others run as. */
export const accessName = "access";

/** Kustomization of one stage; the last stage has the slice's own name, for others to depend on. */
export function kustomizationName(slice: Slice, stage: string): string {
  return stage === slice.stages.at(-1) ? slice.owner : `${slice.owner}-${stage}`;
}

/** What leaves git, and must not leave the cluster. */
export const keep = { "kustomize.toolkit.fluxcd.io/prune": "disabled" } as const;
