import type { Digest } from "../model/names.ts";
import type { Freeze, Release } from "../model/release.ts";
import { fullDigestOf } from "../objects/digest.ts";

/**
 * SHA-256 of what a frozen release says beside its slices, whose bytes dist proves: a hand in the file, or two releases
 * that git merged line by line, does not go unseen.
 */
export function sealOf({ images, frozen }: Release & { readonly frozen: Freeze }): Digest {
  const { slices: _slices, ...said } = frozen;
  return `sha256:${fullDigestOf({ images, ...said })}`;
}
