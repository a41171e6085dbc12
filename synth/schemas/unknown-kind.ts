import { didYouMean } from "../model/did-you-mean.ts";
import type { Complaint } from "./issue.ts";
import type { KindInfo, SchemaSet } from "./schema-set.ts";

/** What to say about a kind that is not served: where it is, or what it is close to. */
export function unknownKind(set: SchemaSet, apiVersion: string, kind: string): Complaint {
  const what = `Kubernetes ${set.kubernetes} and the add-ons serve no ${kind} in ${apiVersion}`;
  const known = set.kinds();
  const versionsOf = (name: string): string =>
    known
      .filter((info) => info.kind === name)
      .map(apiVersionOf)
      .join(" and ");
  const served = versionsOf(kind);
  if (served !== "") return { what, fix: `${kind} is served as ${served}` };
  return {
    what,
    fix: didYouMean(
      kind,
      [...new Set(known.map((info) => info.kind))],
      "correct the kind, or add its definition to scripts/schemas/sources.ts",
      (close) => `${close}, served as ${versionsOf(close)}`,
    ),
  };
}

function apiVersionOf({ group, version }: KindInfo): string {
  return group === "" ? version : `${group}/${version}`;
}
