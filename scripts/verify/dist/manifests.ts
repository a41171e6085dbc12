import { load } from "js-yaml";
import { inDist } from "../../../synth/model/paths.ts";
import type { Problem } from "../../../synth/model/problem.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject, plain } from "../../../synth/objects/plain.ts";
import { messageOf } from "../../output/message-of.ts";

/** One object of a cluster's part of dist, with what its file says of it. */
export interface Manifest {
  /** From the root of dist, such as `local/foundation/namespaces/Namespace.argocd.yaml`. */
  readonly path: string;
  /** First folder below the cluster's: `bootstrap`, `reconciler`, `access` or a layer. */
  readonly folder: string;
  /** The slice it is part of; undefined for what delivers slices. */
  readonly slice: string | undefined;
  readonly owner: string;
  readonly definition: string;
  readonly object: KubernetesObject;
}

export interface ClusterManifests {
  readonly cluster: string;
  readonly manifests: readonly Manifest[];
  /** Text of the values that the reconciler is first installed with, by the path of their file. */
  readonly values: ReadonlyMap<string, string>;
  /** Files that hold no object. */
  readonly problems: readonly Problem[];
}

const delivering: ReadonlySet<string> = new Set(["bootstrap", "reconciler", "access"]);
const firstLine = /^# slipway: (\S+), from (\S+?)\. /;

/** Reads a cluster's objects from the files of dist, by path from its root. */
export function clusterManifests(files: ReadonlyMap<string, string>, cluster: string): ClusterManifests {
  const manifests: Manifest[] = [];
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [path, content] of files) {
    if (!path.startsWith(`${cluster}/`) || !path.endsWith(".yaml")) continue;
    const [, folder = "", slice = ""] = path.split("/");
    // Templates of stacks, which the deployment commands apply and no reconciler reads.
    if (folder === "aws") continue;
    if (folder === "bootstrap" && slice === "values") {
      values.set(path, content);
      continue;
    }
    const [, owner = cluster, definition = inDist(path)] = firstLine.exec(content) ?? [];
    const read = objectIn(content);
    if ("object" in read) {
      manifests.push({
        path,
        folder,
        slice: delivering.has(folder) ? undefined : slice,
        owner,
        definition,
        object: read.object,
      });
    } else problems.push(unreadable(cluster, path, definition, read.reason));
  }
  return { cluster, manifests, values, problems };
}

function objectIn(content: string): { readonly object: KubernetesObject } | { readonly reason: string } {
  try {
    const object = plain(load(content));
    return isKubernetesObject(object)
      ? { object }
      : { reason: "it has no apiVersion, kind and metadata.name" };
  } catch (error) {
    const [reason = ""] = messageOf(error).split("\n");
    return { reason };
  }
}

function unreadable(cluster: string, path: string, definition: string, reason: string): Problem {
  return {
    rule: "live-dry-run",
    at: { definition, cluster },
    what: `${inDist(path)} is no manifest: ${reason}`,
    fix: "restore it: npm run synth writes it again; dist is never edited or merged by hand",
  };
}
