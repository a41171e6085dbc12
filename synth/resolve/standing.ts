import type { Addon } from "../model/addon.ts";
import { isFrozen } from "../model/promotion.ts";
import type { PromotionPolicy } from "../model/promotion.ts";
import type { Placement } from "../model/placement.ts";
import { isSameSubject, subjectOwner, subjectPath, subjectText } from "../model/release.ts";
import type { Freeze, Release, Subject } from "../model/release.ts";
import type { Layer } from "../model/layer.ts";
import { readFrozenSlice } from "../release/frozen-slice.ts";
import type { FrozenSlice } from "../release/frozen-slice.ts";
import { sliceFiles } from "../release/slice-files.ts";
import type { Inputs } from "./inputs.ts";
import { parseAddonRelease, parseRelease } from "./release-input.ts";
import type { ClusterScope } from "./scope.ts";

/** What a slice is rendered from: its definition with these images, or what its release left in dist. */
export interface Standing {
  readonly release: Release;
  readonly frozen?: FrozenSlice;
}

/** How a placement stands. Undefined where it waits for its first release, or where a problem says why not. */
export function standingOf(scope: ClusterScope, placement: Placement, inputs: Inputs): Standing | undefined {
  const { app, environment } = placement;
  const subject: Subject = { of: "app", name: app, step: environment };
  if (inputs.thaw && isSameSubject(inputs.thaw.subject, subject))
    return { release: { images: inputs.thaw.images } };
  const text = inputs.releases.get(`${app}/${environment}`);
  const stays = isFrozen(placement.promotion, environment);
  if (stays && text === undefined) return unreleased(scope, subject, inputs);
  const parsed = parseRelease(app, environment, text, Object.keys(placement.images));
  if ("problems" in parsed) {
    scope.problems.push(...parsed.problems);
    return undefined;
  }
  const { frozen } = parsed.value;
  if (inputs.followMain === true || (frozen === undefined && !stays))
    return { release: { images: parsed.value.images } };
  if (frozen === undefined) return unfrozen(scope, subject, inputs);
  if (stays) return standingFrozen(scope, subject, "applications", inputs, { ...parsed.value, frozen });
  scope.problems.push({
    rule: "release",
    at: { definition: subjectPath(subject) },
    what: `${environment} follows main, and the release is frozen at ${frozen.revision.slice(0, 12)}`,
    fix: `leave nothing but "images" in it, or move ${environment} up in the order of ${app}'s promotion`,
  });
  return undefined;
}

/** What runs there would change with main, past every rule of promotion. */
function unfrozen(
  { problems, unreleased: waiting }: ClusterScope,
  subject: Subject,
  { thaw }: Inputs,
): undefined {
  waiting.push(subjectOwner(subject));
  // Whoever renders one release asks nothing of the others: how else would the first of several be frozen?
  if (thaw !== undefined) return;
  const path = subjectPath(subject);
  problems.push({
    rule: "release",
    at: { definition: path },
    what: `${subject.step} is frozen, and the release names no revision`,
    fix: `git restore ${path} if it was edited by hand; if it has followed main until now, commit all, then npm run slipway -- release freeze`,
  });
}

/** What an add-on is frozen at here; undefined where its cluster's group follows main. */
export function addonStanding(
  scope: ClusterScope,
  { name, layer }: Addon,
  policy: PromotionPolicy,
  inputs: Inputs,
): FrozenSlice | "unreleased" | undefined {
  const { group } = scope.cluster;
  if (group === undefined || !isFrozen(policy, group) || inputs.followMain === true) return undefined;
  const subject: Subject = { of: "addon", name, step: group };
  if (inputs.thaw && isSameSubject(inputs.thaw.subject, subject)) return undefined;
  const text = inputs.addonReleases?.get(`${group}/${name}`);
  if (text === undefined) return unreleased(scope, subject, inputs) ?? "unreleased";
  const parsed = parseAddonRelease(name, group, text);
  if ("problems" in parsed) scope.problems.push(...parsed.problems);
  else return standingFrozen(scope, subject, layer, inputs, parsed.value)?.frozen ?? "unreleased";
  return "unreleased";
}

/** The slice that a release left on this cluster. */
function standingFrozen(
  scope: ClusterScope,
  subject: Subject,
  layer: Layer,
  inputs: Inputs,
  release: Release & { readonly frozen: Freeze },
): Standing | undefined {
  const cluster = scope.view.name;
  const digest = release.frozen.slices[cluster];
  if (digest === undefined) return unreleased(scope, subject, inputs);
  const path = subjectPath(subject);
  const { frozen, problems } = readFrozenSlice(inputs.dist ?? new Map(), {
    release: path,
    revision: release.frozen.revision,
    cluster,
    owner: subjectOwner(subject),
    layer,
    digest,
    restore: `npm run slipway -- reproduce ${subjectText(subject)} --write`,
  });
  scope.problems.push(...problems);
  // Objects that are not the release's would be complained of a second time.
  return problems.length > 0 ? undefined : { release, frozen };
}

/** Waiting for a first release is no mistake. Having been released and waiting would be: the cluster would lose it. */
function unreleased(scope: ClusterScope, subject: Subject, { dist }: Inputs): undefined {
  const owner = subjectOwner(subject);
  const cluster = scope.view.name;
  scope.unreleased.push(owner);
  if (dist === undefined || sliceFiles(dist, cluster, owner).length === 0) return;
  const path = subjectPath(subject);
  scope.problems.push({
    rule: "release",
    at: { definition: path, cluster, object: owner },
    what: `${cluster} runs ${owner}, and no release says which`,
    fix: `git restore ${path}; to take it out of service, remove its placement from ${scope.definition} as well`,
  });
}
