import { environments } from "../model/names.ts";
import type { DistObject } from "./dist-object.ts";

/** What people call the thing that changes: an app, an add-on, or a cluster's own objects. */
export interface Subject {
  readonly kind: "app" | "addon" | "cluster";
  readonly name: string;
}

/** Where one object is. */
export interface Place {
  readonly cluster: string;
  /** Of an app's placement; undefined for all else. */
  readonly environment: string | undefined;
  readonly namespace: string | undefined;
  /** Name of the object there, with the digest that a Job's may end in. */
  readonly name: string;
  /** The placement or add-on that owns it. */
  readonly owner: string;
  /** Below dist, where it is now, or where it was. */
  readonly path: string;
  readonly definition: string;
}

export function subjectOf({ definition, owner, cluster }: DistObject): Subject {
  const [room = "", app = ""] = definition.split("/");
  if (room === "apps") return { kind: "app", name: app };
  if (room === "platform") return { kind: "addon", name: owner };
  // Namespaces of a placement are the cluster's to define, and released with the app.
  const environment = environments.find((name) => owner.endsWith(`-${name}`));
  if (environment !== undefined && owner !== cluster) {
    return { kind: "app", name: owner.slice(0, -environment.length - 1) };
  }
  return { kind: "cluster", name: owner === "" || owner === cluster ? "cluster" : owner };
}

export function placeOf(found: DistObject): Place {
  const { cluster, owner, path, definition, object } = found;
  const { namespace, name } = object.metadata;
  const subject = subjectOf(found);
  const prefix = `${subject.name}-`;
  const environment =
    subject.kind === "app" && owner.startsWith(prefix) ? owner.slice(prefix.length) : undefined;
  return { cluster, environment, namespace, name, owner, path, definition };
}

/** `prod on attractor-factory`, or the cluster alone. */
export function placeText({ environment, cluster }: Pick<Place, "environment" | "cluster">): string {
  return environment === undefined ? cluster : `${environment} on ${cluster}`;
}
