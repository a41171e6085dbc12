import { subjectOwner, subjectPath } from "../../synth/model/release.ts";
import { sliceFiles } from "../../synth/release/slice-files.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { frozenSubjects } from "../promotion/subjects.ts";

/** The release that keeps a file, or the slice that a folder is of, as it is. */
export interface FrozenAt {
  /** Path of the release. */
  readonly release: string;
  readonly revision: string;
}

/** Null for what follows main. */
export function frozenAt(inputs: Inputs, path: string): FrozenAt | null {
  const cluster = path.slice(0, path.indexOf("/"));
  const dist = inputs.dist ?? new Map<string, string>();
  for (const { subject, release } of frozenSubjects(inputs)) {
    if (release.frozen?.slices[cluster] === undefined) continue;
    const files = sliceFiles(dist, cluster, subjectOwner(subject));
    if (!files.some((file) => file.path === path || file.path.startsWith(`${path}/`))) continue;
    return { release: subjectPath(subject), revision: release.frozen.revision };
  }
  return null;
}
