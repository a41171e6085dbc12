import type { Fleet } from "../model/fleet.ts";
import type { Problem } from "../model/problem.ts";
import { isFrozen, platformPolicy } from "../model/promotion.ts";
import { subjectPath } from "../model/release.ts";
import type { Freeze, Subject } from "../model/release.ts";
import type { Inputs } from "./inputs.ts";
import { parseAddonRelease, parseRelease } from "./release-input.ts";

/**
 * Releases of what stands nowhere: their slices would be in nobody's hands. What cannot be read is told by whoever
 * renders it.
 */
export function strayReleases(fleet: Fleet, { releases, addonReleases }: Inputs): readonly Problem[] {
  return [
    ...[...releases].flatMap(([key, text]) => strayApp(fleet, key, text)),
    ...[...(addonReleases ?? [])].flatMap(([key, text]) => strayAddon(fleet, key, text)),
  ];
}

function strayApp({ clusters }: Fleet, key: string, text: string): readonly Problem[] {
  const [name = "", step = ""] = key.split("/");
  const parsed = parseRelease(name, step, text);
  const freeze = "value" in parsed ? parsed.value.frozen : undefined;
  const placed = clusters
    .filter(({ placements }) =>
      placements.some(({ app, environment }) => app === name && environment === step),
    )
    .map((cluster) => cluster.name);
  return freeze === undefined ? [] : notOn(placed, { of: "app", name, step }, freeze);
}

function strayAddon({ clusters, addons, promotion }: Fleet, key: string, text: string): readonly Problem[] {
  const [step = "", name = ""] = key.split("/");
  const subject: Subject = { of: "addon", name, step };
  if (!addons.some((addon) => addon.name === name)) {
    return [stray(subject, `there is no add-on ${name}`, "remove it")];
  }
  if (!isFrozen(platformPolicy(promotion), step)) {
    return [
      stray(
        subject,
        `no frozen group of clusters is called ${step}`,
        "remove it, or name the group in the fleet's promotion order",
      ),
    ];
  }
  const parsed = parseAddonRelease(name, step, text);
  if ("problems" in parsed) return parsed.problems;
  const grouped = clusters.filter(({ group }) => group === step).map((cluster) => cluster.name);
  return notOn(grouped, subject, parsed.value.frozen);
}

function notOn(clusters: readonly string[], subject: Subject, { slices }: Freeze): readonly Problem[] {
  return Object.keys(slices)
    .filter((cluster) => !clusters.includes(cluster))
    .map((cluster) =>
      stray(
        subject,
        `it covers ${cluster}, where ${subject.name} is not placed in ${subject.step}`,
        `place it there again; to take it out of service, remove "${cluster}" from slices with the placement (an empty release goes, too)`,
      ),
    );
}

function stray(subject: Subject, what: string, fix: string): Problem {
  return { rule: "release", at: { definition: subjectPath(subject) }, what, fix };
}
