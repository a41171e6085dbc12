import type { KubernetesObject } from "../objects/kubernetes-object.ts";

export { isOurs, ownershipMark } from "../model/ownership.ts";

/** One file of dist as it should be, before anything is written: what write, check, diff and status all consume. */
export interface FileSpec {
  /** Relative to the dist root, POSIX, such as `attractor-factory/applications/shop-prod/Deployment.api.yaml`. */
  readonly path: string;
  /** Whole content, whose first line starts with `ownershipMark`. */
  readonly content: string;
  readonly cluster: string;
  /** The placement or add-on whose slice this file is part of. */
  readonly owner: string;
  /** Path of the definition from the repository root, such as `apps/attractor-factory/app.ts`. */
  readonly definition: string;
  /** What it holds, as rendered; absent where it holds no object, and where it was only read from disk. */
  readonly object?: KubernetesObject;
}
