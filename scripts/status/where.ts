import type { DistObject } from "../../synth/changes/dist-object.ts";
import { isReadable } from "../../synth/changes/dist-object.ts";
import type { DistTree } from "../../synth/changes/dist-tree.ts";
import { placeOf, subjectOf } from "../../synth/changes/place.ts";
import { versionsOf } from "../../synth/changes/versions.ts";
import type { Version } from "../../synth/changes/versions.ts";

/** Somebody who runs what was asked for. */
export interface Found {
  readonly cluster: string;
  /** Placement, add-on or cluster that it belongs to. */
  readonly owner: string;
  readonly environment: string | null;
  /** `Deployment web` */
  readonly object: string;
  readonly namespace: string | null;
  /** What matched: `redis 7.4.11-alpine@sha256:…`, `chart keda 2.20.2`; null for an object that was asked for. */
  readonly runs: string | null;
  /** Path from the repository root. */
  readonly path: string;
}

/**
 * Who runs it. `what` is part of an image's or a chart's name, of its version or digest, of both as `redis:7.4` or
 * `keda@2.20.2`, or an object as `Kind/name` or its whole name. Case does not matter.
 */
export function whereIs(tree: DistTree, what: string): readonly Found[] {
  const wanted = what.trim().toLowerCase();
  const found = tree.clusters().flatMap((cluster) =>
    tree.pathsOf(cluster).flatMap((path) => {
      // Most files do not even contain the word: they need not be parsed.
      const [first = ""] = words(wanted);
      if (!(tree.files.get(path) ?? "").toLowerCase().includes(first)) return [];
      const read = tree.read(path);
      return read === undefined || !isReadable(read) ? [] : matches(read, wanted);
    }),
  );
  // Of an image, objects that happen to bear its name are not what was asked for.
  const running = found.filter(({ runs }) => runs !== null);
  return running.length > 0 ? running : found;
}

/** A name and a version, where both are told. */
function words(wanted: string): readonly string[] {
  return wanted
    .split(/[@: ]|\/(?=[^/]*$)/)
    .filter((word) => word !== "")
    .toSorted((a, b) => b.length - a.length);
}

function matches(found: DistObject, wanted: string): readonly Found[] {
  const { kind, metadata } = found.object;
  const place = placeOf(found);
  const base = {
    cluster: found.cluster,
    owner: subjectOf(found).name,
    environment: place.environment ?? null,
    object: `${kind} ${metadata.name}`,
    namespace: metadata.namespace ?? null,
    path: `dist/${found.path}`,
  };
  const versions = versionsOf(found).filter((version) =>
    forms(version).some((form) => form.toLowerCase().includes(wanted)),
  );
  const runs = new Set(versions.flatMap((version) => forms(version)[0] ?? []));
  if (runs.size > 0) return [...runs].map((each) => ({ ...base, runs: each }));
  const name = metadata.name.toLowerCase();
  return wanted === name || wanted === `${kind.toLowerCase()}/${name}` ? [{ ...base, runs: null }] : [];
}

/** The ways in which people write a version; the first is how we do. */
function forms({ of, name, version }: Version): readonly string[] {
  // An image's version brings its own colon or at sign.
  return of === "image"
    ? [name + version]
    : [`${name}@${version}`, `${name}:${version}`, `${name} ${version}`];
}
