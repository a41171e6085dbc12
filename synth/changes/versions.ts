import { podTemplatesOf } from "../checks/workloads.ts";
import { groupKindOf } from "../objects/group-kind.ts";
import { list, text } from "../objects/json-fields.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { asRendered } from "./cluster-pods.ts";
import type { DistObject } from "./dist-object.ts";
import { splitImage } from "./image.ts";
import type { ObjectChange } from "./object-change.ts";
import { placeText } from "./place.ts";
import type { Place, Subject } from "./place.ts";

/** A version that changes: of an image that containers run, or of a chart. */
export interface VersionChange {
  readonly of: "image" | "chart";
  readonly subject: Subject;
  /** Repository without registry, or name of the chart. */
  readonly name: string;
  /** Kinds and names of what runs it, each once. */
  readonly users: readonly string[];
  /** Undefined where it was not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly places: readonly Pick<Place, "cluster" | "environment">[];
}

/** A version that somebody runs. */
export interface Version {
  readonly of: VersionChange["of"];
  readonly name: string;
  readonly user: string;
  readonly version: string;
}

/** Every version that comes, goes or changes, the same ones of several places as one. */
export function versionChanges(changes: readonly ObjectChange[]): readonly VersionChange[] {
  const singles = changes.flatMap(({ before, after, subject, place }) =>
    changedVersions(versionsOf(before), versionsOf(after)).map((version) => ({ ...version, subject, place })),
  );
  const groups = Map.groupBy(singles, ({ of, name, before, after, subject }) =>
    JSON.stringify([of, subject, name, before, after]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { of, name, before, after, subject } = first;
    const places = new Map(group.map(({ place }) => [placeText(place), place]));
    const users = [...new Set(group.map(({ user }) => user))];
    return [{ of, subject, name, users, before, after, places: [...places.values()] }];
  });
}

/** What one user ran and runs, by name. */
function changedVersions(
  before: readonly Version[],
  after: readonly Version[],
): readonly (Omit<Version, "version"> & { before: string | undefined; after: string | undefined })[] {
  const key = ({ of, user, name }: Version) => JSON.stringify([of, user, name]);
  const [old, now] = [Map.groupBy(before, key), Map.groupBy(after, key)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const [was] = old.get(id) ?? [];
    const [is] = now.get(id) ?? [];
    const one = is ?? was;
    if (one === undefined || was?.version === is?.version) return [];
    return [{ of: one.of, name: one.name, user: one.user, before: was?.version, after: is?.version }];
  });
}

/** Versions of the images and charts that an object runs. */
export function versionsOf(found: DistObject | undefined): readonly Version[] {
  if (found === undefined) return [];
  const images = podTemplatesOf(asRendered(found)).flatMap(({ containers, kind, name }) =>
    containers.flatMap(({ spec }): Version[] => {
      const reference = text(spec, "image");
      if (reference === undefined) return [];
      const { repository, version } = splitImage(reference) ?? { repository: reference, version: "" };
      const user = `${kind.slice(kind.indexOf("/") + 1)} ${name.replace(/-[0-9a-f]{10}$/, "")}`;
      return [{ of: "image", name: repository, user, version }];
    }),
  );
  const charts = chartsOf(found.object).map(({ name, version }): Version => {
    return { of: "chart", name, user: `${found.object.kind} ${found.object.metadata.name}`, version };
  });
  return [...images, ...charts];
}

/** Charts that an object has its reconciler install. */
export function chartsOf(object: KubernetesObject): readonly { name: string; version: string }[] {
  switch (groupKindOf(object)) {
    case "argoproj.io/Application":
      return [object["spec"], ...list(object, "spec", "sources")].flatMap((spec, index) => {
        const source = index === 0 ? ["source"] : [];
        return named(text(spec, ...source, "chart"), text(spec, ...source, "targetRevision"));
      });
    case "helm.toolkit.fluxcd.io/HelmRelease":
      return named(
        text(object, "spec", "chart", "spec", "chart"),
        text(object, "spec", "chart", "spec", "version"),
      );
    case "source.toolkit.fluxcd.io/OCIRepository": {
      const url = text(object, "spec", "url") ?? "";
      return named(url.slice(url.lastIndexOf("/") + 1), text(object, "spec", "ref", "tag"));
    }
    default:
      return [];
  }
}

function named(
  name: string | undefined,
  version: string | undefined,
): readonly { name: string; version: string }[] {
  return name === undefined || version === undefined ? [] : [{ name, version }];
}
