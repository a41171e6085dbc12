import { load } from "js-yaml";
import type { Layer } from "../model/layer.ts";
import type { Digest } from "../model/names.ts";
import { inDist } from "../model/paths.ts";
import type { Problem } from "../model/problem.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { isKubernetesObject, plain } from "../objects/plain.ts";
import { sliceDigest, sliceFiles } from "./slice-files.ts";
import type { Dist, SliceFile } from "./slice-files.ts";

/** Where a file of a slice stands: among the slice's own, among the cluster's namespaces, or with the reconciler. */
export type FrozenPlace = "slice" | "namespaces" | "reconciler";

export interface FrozenFile extends SliceFile {
  readonly place: FrozenPlace;
  /** Name of its stage; undefined where the slice has one stage. */
  readonly stage?: string;
  /** Undefined for chart values that a person installs with. */
  readonly object?: KubernetesObject;
}

/** A slice that stays as its release left it. */
export interface FrozenSlice {
  /** Path of the release. */
  readonly release: string;
  /** Commit that it was rendered from. */
  readonly revision: string;
  readonly files: readonly FrozenFile[];
  /** Names of its stages in order; none where it has one stage, whose name no path holds. */
  readonly stages: readonly string[];
  /** Names of the namespaces it has for itself. */
  readonly namespaces: readonly string[];
}

/** What is frozen, where, and at which bytes. */
export interface FrozenAt {
  readonly release: string;
  readonly revision: string;
  readonly cluster: string;
  readonly owner: string;
  readonly layer: Layer;
  readonly digest: Digest;
  /** Puts the slice back; for the problem where its bytes are others. */
  readonly restore: string;
}

/** Reads a frozen slice from dist. Bytes that are not the release's are a problem; whatever can be read is still read. */
export function readFrozenSlice(
  dist: Dist,
  at: FrozenAt,
): { readonly frozen: FrozenSlice; readonly problems: readonly Problem[] } {
  const found = sliceFiles(dist, at.cluster, at.owner);
  const problems = sliceDigest(found) === at.digest ? [] : [mismatch(at, found.length)];
  const files = found.map((file) => readFile(file, at));
  const numbered = new Map(
    files.flatMap(({ path, stage }) =>
      stage === undefined ? [] : [[stageNumber(path, at), stage] as const],
    ),
  );
  return {
    frozen: {
      release: at.release,
      revision: at.revision,
      files,
      stages: [...numbered].toSorted(([a], [b]) => a - b).map(([, stage]) => stage),
      namespaces: files.flatMap(({ place, object }) =>
        place === "namespaces" && object?.kind === "Namespace" ? [object.metadata.name] : [],
      ),
    },
    problems,
  };
}

function mismatch({ release, cluster, owner, restore }: FrozenAt, files: number): Problem {
  return {
    rule: "release-frozen",
    at: { definition: release, cluster, object: owner },
    what:
      files === 0
        ? `slice ${owner} is frozen at this release, and ${inDist(cluster)} holds no file of it`
        : `slice ${owner} in ${inDist(cluster)} is not what this release is frozen at: a file was edited, added or removed`,
    fix: `${restore} puts it back; to change it, promote, roll back or hotfix`,
  };
}

const sliceFolder = ({ cluster, layer, owner }: FrozenAt): string => `${cluster}/${layer}/${owner}/`;

function stageNumber(path: string, at: FrozenAt): number {
  return Number.parseInt(path.slice(sliceFolder(at).length), 10);
}

function readFile(file: SliceFile, at: FrozenAt): FrozenFile {
  const folder = sliceFolder(at);
  const object = readObject(file.content);
  const read = { ...file, ...(object && { object }) };
  if (file.path.startsWith(folder)) {
    const stage = /^\d+-([^/]+)\//.exec(file.path.slice(folder.length))?.[1];
    return { ...read, place: "slice", ...(stage !== undefined && { stage }) };
  }
  return { ...read, place: file.path.startsWith(`${at.cluster}/foundation/`) ? "namespaces" : "reconciler" };
}

/** Whatever is no object is left to the digest, which tells that it is not what was released. */
function readObject(content: string): KubernetesObject | undefined {
  try {
    const value = plain(load(content));
    return isKubernetesObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
