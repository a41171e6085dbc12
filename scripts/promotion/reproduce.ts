import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { isOurs, ownerOf } from "../../synth/model/ownership.ts";
import { inDist } from "../../synth/model/paths.ts";
import { subjectOwner } from "../../synth/model/release.ts";
import type { Freeze, Release, Subject } from "../../synth/model/release.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { sliceDigest, sliceFiles } from "../../synth/release/slice-files.ts";
import type { Dist, SliceFile } from "../../synth/release/slice-files.ts";
import { applyPlan } from "../tree/tree.ts";
import { distPath } from "../workspace.ts";
import { renderAt } from "./render-at.ts";

/** A release that is frozen. */
export interface FrozenRelease {
  readonly subject: Subject;
  readonly release: Release & { readonly frozen: Freeze };
}

/** What came of rendering one slice again. */
export interface Reproduced {
  readonly subject: Subject;
  readonly cluster: string;
  readonly revision: string;
  /** Whether its revision gives the bytes that the release names. */
  readonly isSame: boolean;
  /** Path of the first file in which what was rendered and dist differ; null where they do not. */
  readonly firstDifference: string | null;
  /** What was rendered. */
  readonly files: readonly SliceFile[];
}

/** Renders releases again, each revision in one work tree of its own, and compares with what they are frozen at. */
export async function reproduce(
  root: string,
  releases: readonly FrozenRelease[],
  dist: Dist,
  remote: string | undefined,
): Promise<readonly Reproduced[]> {
  const results: Reproduced[] = [];
  for (const [revision, some] of Map.groupBy(releases, ({ release }) => release.frozen.revision)) {
    const orders = some.map(({ subject, release: { images, frozen } }) => {
      return { subject, images, ...(frozen.facts && { facts: frozen.facts }) };
    });
    const rendered = await renderAt(root, revision, orders, remote);
    for (const [index, { subject, release }] of some.entries()) {
      for (const [cluster, digest] of Object.entries(release.frozen.slices)) {
        const files = rendered[index]?.slices[cluster] ?? [];
        const isSame = sliceDigest(files) === digest;
        const held = sliceFiles(dist, cluster, subjectOwner(subject));
        results.push({ subject, cluster, revision, isSame, firstDifference: difference(files, held), files });
      }
    }
  }
  return results;
}

function difference(rendered: readonly SliceFile[], held: readonly SliceFile[]): string | null {
  const [a, b] = [rendered, held].map((files) => new Map(files.map(({ path, content }) => [path, content])));
  const paths = [...new Set([...rendered, ...held].map(({ path }) => path))].toSorted();
  const first = paths.find((path) => a?.get(path) !== b?.get(path));
  return first === undefined ? null : inDist(first);
}

/** Dist with these slices in place of those that it holds. */
export function withReproduced(
  dist: Dist,
  results: readonly Pick<Reproduced, "subject" | "cluster" | "files">[],
): Dist {
  const next = new Map(dist);
  for (const { subject, cluster, files } of results) {
    for (const { path } of sliceFiles(dist, cluster, subjectOwner(subject))) next.delete(path);
    for (const { path, content } of files) next.set(path, content);
  }
  return next;
}

/** Makes dist on disk what it is to be next. What is nobody's stays as it is. */
export function writeDist(current: Dist, next: Dist): void {
  const files = [...next].flatMap(([path, content]): FileSpec[] => {
    const cluster = path.slice(0, path.indexOf("/"));
    const owner = ownerOf(content) ?? cluster;
    return isOurs(content) ? [{ path, content, cluster, owner, definition: inDist(path) }] : [];
  });
  applyPlan(distPath, planTree(files, current));
}
