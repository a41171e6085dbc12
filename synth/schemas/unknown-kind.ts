import { nearest } from "../model/nearest.ts";
import type { Complaint } from "./issue.ts";
import type { KindInfo, SchemaSet } from "./schema-set.ts";

/** What to say about a kind that is not served: where it is, or what it is close to. */
export function unknownKind(set: SchemaSet, apiVersion: string, kind: string): Complaint {
  const what = `Kubernetes ${set.kubernetes} and the add-ons serve no ${kind} in ${apiVersion}`;
  const known = set.kinds();
  const served = known.filter((info) => info.kind === kind);
  if (served.length > 0)
    return { what, fix: `${kind} is served as ${served.map(apiVersionOf).join(" and ")}` };
  const close = nearest(kind, [...new Set(known.map((info) => info.kind))]);
  if (close !== undefined) {
    return {
      what,
      fix: `did you mean ${close}, served as ${known
        .filter((info) => info.kind === close)
        .map(apiVersionOf)
        .join(" and ")}?`,
    };
  }
  return { what, fix: "correct the kind, or add its definition to scripts/schemas/sources.ts" };
}

function apiVersionOf({ group, version }: KindInfo): string {
  return group === "" ? version : `${group}/${version}`;
}
