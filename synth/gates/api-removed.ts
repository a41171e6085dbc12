import type { DistObject } from "../changes/dist-object.ts";
import { isReadable } from "../changes/dist-object.ts";
import { gateProblem } from "./gate.ts";
import type { Gate, GateInput } from "./gate.ts";
import { removedApis } from "./removed-apis.ts";
import type { RemovedApi } from "./removed-apis.ts";

/** Nothing is written in an API that the next Kubernetes no longer serves. */
export const apiRemoved: Gate = {
  id: "api-removed",
  *run(input) {
    for (const { found, minor } of input.kubernetes === undefined ? arrivals(input) : everything(input)) {
      const { apiVersion, kind } = found.object;
      const removed = removedApis.find(
        (api) => isGone(api, minor) && api.apiVersion === apiVersion && api.kinds.includes(kind),
      );
      if (removed === undefined) continue;
      yield gateProblem(
        apiRemoved.id,
        found,
        `Kubernetes 1.${removed.removedIn} no longer serves ${kind} in ${apiVersion}`,
        removed.instead === undefined
          ? "do without it; nothing has taken its place"
          : `write it in ${removed.instead}`,
      );
    }
  },
};

interface Candidate {
  readonly found: DistObject;
  /** Minor version of Kubernetes 1 to look at. */
  readonly minor: number;
}

/** What comes or changes, for the version after its cluster's. */
function arrivals({ changes, clusters }: GateInput): readonly Candidate[] {
  return changes.objects.flatMap(({ after, before }) => {
    if (after === undefined || before?.object.apiVersion === after.object.apiVersion) return [];
    const cluster = clusters.find(({ name }) => name === after.cluster);
    return cluster === undefined ? [] : [{ found: after, minor: minorOf(cluster.kubernetes) + 1 }];
  });
}

/** All of dist; only files that may be written in such an API are parsed. */
function everything({ head, kubernetes = "" }: GateInput): readonly Candidate[] {
  const minor = minorOf(kubernetes);
  const gone = new Set(removedApis.filter((api) => isGone(api, minor)).map(({ apiVersion }) => apiVersion));
  return [...head.files].flatMap(([path, content]) => {
    const apiVersion = /^apiVersion: (.+)$/m.exec(content)?.[1];
    if (apiVersion === undefined || !gone.has(apiVersion)) return [];
    const read = head.read(path);
    return read === undefined || !isReadable(read) ? [] : [{ found: read, minor }];
  });
}

function isGone({ removedIn }: RemovedApi, minor: number): boolean {
  return removedIn <= minor;
}

/** `1.36` → 36 */
function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
