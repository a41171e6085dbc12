import type { Slice } from "../resolve/slice.ts";

/** Folder of a slice, from the dist root. */
export function sliceFolder(cluster: string, slice: Pick<Slice, "layer" | "owner">): string {
  return `${cluster}/${slice.layer}/${slice.owner}`;
}

/** Folder of one stage where stages have their own: numbered, so that they list in order. */
export function stageFolder(cluster: string, slice: Slice, stage: string): string {
  const folder = sliceFolder(cluster, slice);
  return slice.stages.length === 1 ? folder : `${folder}/${slice.stages.indexOf(stage) + 1}-${stage}`;
}
