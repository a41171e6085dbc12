import { releasePath } from "../model/paths.ts";
import type { Placement } from "../model/placement.ts";
import type { Problem } from "../model/problem.ts";
import type { Release } from "../model/release.ts";
import { imageReference } from "./images.ts";
import type { ClusterScope } from "./scope.ts";

/**
 * References of the app's own images, as containers of the cluster name them.
 *
 * @param isFrozen whether nothing is rendered with them
 */
export function imageReferences(
  scope: ClusterScope,
  placement: Placement,
  release: Release,
  isFrozen: boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(placement.images).flatMap(([name, image]) => {
      // Nothing is rendered of what is frozen: an image that came after its release only has to be there.
      const pin = release.images[name] ?? (isFrozen ? "0.0.0" : undefined);
      return pin === undefined ? [] : [[name, imageReference(scope.view, image, pin)]];
    }),
  );
}

/** A release pins exactly the app's images. */
export function releaseProblems(placement: Placement, release: Release): Problem[] {
  const at = { definition: releasePath(placement.app, placement.environment) };
  const declared = Object.keys(placement.images);
  return [
    ...declared
      .filter((name) => release.images[name] === undefined)
      .map((name) => ({
        rule: "release",
        at,
        what: `image ${name} is not pinned`,
        fix: `add "${name}" with a digest or a version tag`,
      })),
    ...Object.keys(release.images)
      .filter((name) => !declared.includes(name))
      .map((name) => ({
        rule: "release",
        at,
        what: `image ${name} is not one of ${placement.app}'s (${declared.join(", ")})`,
        fix: "remove it, or correct its spelling",
      })),
    ...Object.entries(release.images)
      .filter(([, pin]) => pin === "local" && placement.environment !== "local")
      .map(([name]) => ({
        rule: "release",
        at,
        what: `image ${name} is pinned to "local", which exists on a developer's machine only`,
        fix: "pin a digest or a version tag",
      })),
  ];
}
