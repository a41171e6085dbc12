import { createHash } from "node:crypto";
import type { Digest } from "../model/names.ts";
import { ownerOf } from "../model/ownership.ts";

/** One file of a slice, as dist holds it. */
export interface SliceFile {
  /** Below dist. */
  readonly path: string;
  readonly content: string;
}

/** Content of dist's files by path below dist. */
export type Dist = ReadonlyMap<string, string>;

const indexes = new WeakMap<Dist, ReadonlyMap<string, readonly SliceFile[]>>();

/**
 * The slice that an owner has on a cluster: every file of the cluster's folder whose first line names the owner. Beside
 * its own folder these are the reconciler's objects for it and the namespaces it lives in. Sorted by path.
 */
export function sliceFiles(dist: Dist, cluster: string, owner: string): readonly SliceFile[] {
  const index = indexes.get(dist) ?? indexOf(dist);
  indexes.set(dist, index);
  return index.get(`${cluster}/${owner}`) ?? [];
}

function indexOf(dist: Dist): ReadonlyMap<string, readonly SliceFile[]> {
  const files = [...dist].map(([path, content]) => ({ path, content })).toSorted(byPath);
  return Map.groupBy(files, ({ path, content }) => {
    return `${path.slice(0, path.indexOf("/"))}/${ownerOf(content) ?? ""}`;
  });
}

/** By UTF-16 code unit, so that the order is the same on every machine. */
function byPath(a: SliceFile, b: SliceFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** SHA-256 of a slice: of each file, sorted by path, the lengths in bytes and the bytes of path and content. */
export function sliceDigest(files: readonly SliceFile[]): Digest {
  const hash = createHash("sha256");
  for (const { path, content } of files.toSorted(byPath)) {
    hash
      .update(`${Buffer.byteLength(path)} ${Buffer.byteLength(content)}\n`)
      .update(path)
      .update(content);
  }
  return `sha256:${hash.digest("hex")}`;
}
