import { didYouMean } from "../../synth/model/did-you-mean.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { addonPath, appPath, fleetPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { isFrozen, platformPolicy } from "../../synth/model/promotion.ts";
import type { PromotionPolicy } from "../../synth/model/promotion.ts";
import type { Release, Subject } from "../../synth/model/release.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { parseAddonRelease, parseRelease } from "../../synth/resolve/release-input.ts";

/** How the releases of an app or an add-on move. */
export interface Route {
  readonly policy: PromotionPolicy;
  /** Steps of the order at which it stands, in that order. */
  readonly steps: readonly string[];
}

/** @throws ProblemsError if there is no such app or add-on */
export function routeOf(fleet: Fleet, of: Subject["of"], name: string): Route {
  return of === "app" ? appRoute(fleet, name) : addonRoute(fleet, name);
}

function appRoute({ clusters }: Fleet, name: string): Route {
  const all = clusters.flatMap(({ placements }) => placements);
  const placements = all.filter(({ app }) => app === name);
  const [first] = placements;
  if (first === undefined) throw unknown("app", name, [...new Set(all.map(({ app }) => app))], appPath(name));
  const placed = new Set<string>(placements.map(({ environment }) => environment));
  return { policy: first.promotion, steps: first.promotion.order.filter((step) => placed.has(step)) };
}

function addonRoute({ addons, clusters, promotion }: Fleet, name: string): Route {
  const known = addons.map((addon) => addon.name);
  if (!known.includes(name)) throw unknown("add-on", name, known, addonPath(name));
  const policy = platformPolicy(promotion);
  const groups = new Set(clusters.map(({ group }) => group));
  return { policy, steps: policy.order.filter((step) => groups.has(step)) };
}

function unknown(what: string, name: string, known: readonly string[], definition: string): ProblemsError {
  const fix = didYouMean(name, known, `name one of: ${known.join(", ")}`);
  return new ProblemsError([{ rule: "usage", at: { definition }, what: `there is no ${what} ${name}`, fix }]);
}

/** @throws ProblemsError if the step is none of the route's, or follows main */
export function refuseFollowing({ policy, steps }: Route, { name, step }: Subject): void {
  if (steps.includes(step) && isFrozen(policy, step)) return;
  const frozen = steps.filter((each) => isFrozen(policy, each));
  throw new ProblemsError([
    {
      rule: "promotion",
      at: { definition: fleetPath },
      what: steps.includes(step)
        ? `${step} of ${name} follows main: it has no release to move`
        : `${name} has no step ${step}`,
      fix: `change main instead, or name one of: ${frozen.join(", ")}`,
    },
  ]);
}

/** The release that a subject has in the work tree; undefined if it has none. */
export function releaseIn(inputs: Inputs, { of, name, step }: Subject): Release | undefined {
  const text =
    of === "app" ? inputs.releases.get(`${name}/${step}`) : inputs.addonReleases?.get(`${step}/${name}`);
  return text === undefined ? undefined : parseReleaseOf({ of, name, step }, text);
}

/** @throws ProblemsError if it is no release */
export function parseReleaseOf({ of, name, step }: Subject, text: string): Release {
  const parsed = of === "app" ? parseRelease(name, step, text) : parseAddonRelease(name, step, text);
  if ("problems" in parsed) throw new ProblemsError(parsed.problems);
  return parsed.value;
}

/** Every subject that has a frozen release, by name and step. */
export function frozenSubjects(inputs: Inputs): readonly { subject: Subject; release: Release }[] {
  const names: readonly Subject[] = [
    ...[...inputs.releases.keys()].map((key) => subjectFrom("app", key)),
    ...[...(inputs.addonReleases ?? new Map<string, string>()).keys()].map((key) => {
      const { name, step } = subjectFrom("addon", key);
      return { of: "addon" as const, name: step, step: name };
    }),
  ];
  return names.flatMap((subject) => {
    const release = releaseIn(inputs, subject);
    return release?.frozen === undefined ? [] : [{ subject, release }];
  });
}

function subjectFrom(of: Subject["of"], key: string): Subject {
  const [name = "", step = ""] = key.split("/");
  return { of, name, step };
}
