import { compareTrees } from "../../synth/changes/changes.ts";
import type { Changes } from "../../synth/changes/changes.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import type { DistFiles } from "../../synth/changes/dist-tree.ts";
import { pathText } from "../../synth/changes/field-path.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { clusters, distFiles } from "./dist-files.ts";
import type { Planted } from "./dist-files.ts";

export type Planting = readonly (Planted | KubernetesObject)[];

/** What is between two sets of objects, or of files. */
export function between(base: Planting | DistFiles, head: Planting | DistFiles): Changes {
  return compareTrees(new DistTree(filesOf(base)), new DistTree(filesOf(head)), clusters);
}

function filesOf(side: Planting | DistFiles): DistFiles {
  return "values" in side && "get" in side ? side : distFiles(side);
}

/** `path effect` of every field that changes. */
export function fieldsOf({ folded }: Changes): readonly string[] {
  return folded.flatMap(({ fields }) => fields.map(({ path, effect }) => `${pathText(path)} ${effect}`));
}
