import type { Changes } from "../../synth/changes/changes.ts";
import { pathText } from "../../synth/changes/field-path.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import type { Verdict } from "../../synth/gates/verdict.ts";
import type { Report } from "./report.ts";

/** Raised when a field goes or changes its meaning; new fields do not raise it. */
const reportVersion = 1;

/** The report for programs; docs/diff.md describes the shape. */
export function jsonReport({ base, head, changes, verdict }: Report): string {
  return JSON.stringify({
    version: reportVersion,
    base,
    head,
    changes: changes.folded.map(changeJson),
    noise: changes.noise.map(changeJson),
    ...tablesJson(changes),
    unreadable: changes.unreadable,
    gates: verdictJson(verdict),
  });
}

export function verdictJson({ refused, waived, unused, nearExpiry }: Verdict) {
  return {
    refused,
    waived: waived.map(({ problem, waiver }) => ({
      ...problem,
      waiver: waiver.path,
      expires: waiver.expires,
    })),
    unused: unused.map(({ path }) => path),
    nearExpiry: nearExpiry.map(({ path, expires }) => ({ path, expires })),
  };
}

function changeJson(change: FoldedChange) {
  const { operation, kind, name, subject, effects, fields, noise, formerOwner, moved, places } = change;
  return {
    operation,
    kind,
    name,
    subject,
    effects,
    fields: fields.map(({ path, before, after, effect }) => ({
      path: pathText(path),
      before,
      after,
      effect,
    })),
    noise: noise.map(({ path, before, after }) => ({ path: pathText(path), before, after })),
    formerOwner,
    moved,
    places: places.map(({ path, ...place }) => ({ ...place, path: `dist/${path}` })),
  };
}

function tablesJson({ versions, replicas, cost }: Changes) {
  return {
    versions: versions.map((change) => ({ ...change, places: change.places.map(placeJson) })),
    replicas: replicas.map((change) => ({ ...change, places: change.places.map(placeJson) })),
    cost,
  };
}

function placeJson({ cluster, environment }: { cluster: string; environment: string | undefined }) {
  return { cluster, environment };
}
