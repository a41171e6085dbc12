import type { Digest } from "./names.ts";

/** A public image, pinned by the digest of its multi-platform index. */
export type PublicImage = `${string}:${string}@${Digest}`;

/** An image of our own: a repository that our stack makes immutable, pinned by a release. */
export interface OwnImage {
  /** Repository below the registry, such as `attractor-factory/factory-api`. */
  readonly repository: string;
}

/** What a release pins an own image to: a digest, or a tag of an immutable repository. */
export type ImagePin = Digest | `${number}.${number}.${number}` | "local";
