import { isDigest } from "../model/names.ts";
import type { Release } from "../model/release.ts";
import type { Move } from "./refusals.ts";

/** What no refusal says, and whoever approves should know. */
export function unchecked({
  health: { isHealthy, because },
  policy,
  checks: states,
  relation,
  hotfixed,
}: Move): readonly string[] {
  return [
    ...(isHealthy === undefined ? [`health of the source was not checked: ${because}`] : []),
    ...(states === undefined && policy.checks.length > 0
      ? [`required checks were not checked (${policy.checks.join(", ")}): no forge could be asked`]
      : []),
    ...(relation === "apart"
      ? [
          "the target runs a revision that this one does not contain, such as a hotfix: see that its change is in here",
        ]
      : []),
    ...(hotfixed.length > 0
      ? [`a hotfix gave the target another ${hotfixed.join(", ")}: see that its change is in here`]
      : []),
  ];
}

/**
 * Images that a hotfix gave a target, and that a source does not run.
 *
 * @param runs what the target runs; undefined if nothing yet
 * @param images those of the source
 */
export function hotfixedImages(runs: Release | undefined, images: Release["images"]): readonly string[] {
  if (runs?.frozen?.kind !== "hotfix") return [];
  return Object.entries(runs.images).flatMap(([name, pin]) =>
    isDigest(pin) && images[name] !== pin ? [name] : [],
  );
}
