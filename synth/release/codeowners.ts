import { inDist, addonReleasesFolder } from "../model/paths.ts";
import type { Fleet } from "../model/fleet.ts";
import { isFrozen, platformPolicy } from "../model/promotion.ts";
import { subjectOwner, subjectPath } from "../model/release.ts";
import type { Subject } from "../model/release.ts";

const begin =
  "# Written by npm run slipway -- codeowners, from the promotion policies. Do not edit up to the end mark.";
const end = "# End of what Slipway writes.";

/**
 * The file CODEOWNERS, which GitHub and GitLab read: whoever approves a step owns its releases and its slices. What people
 * wrote around Slipway's part stays.
 *
 * @param current the file as it is; empty if there is none
 */
export function codeowners(fleet: Fleet, current: string): string {
  const rules = [...appRules(fleet), ...platformRules(fleet)].toSorted();
  const [before = "", rest] = current.split(`${begin}\n`);
  const after = rest?.split(`${end}\n`)[1] ?? "";
  if (rules.length === 0) return before + after;
  return `${before}${begin}\n${rules.join("\n")}\n${end}\n${after}`;
}

function appRules({ clusters }: Fleet): readonly string[] {
  const rules = clusters.flatMap(({ name: cluster, placements }) =>
    placements.flatMap(({ app, environment, promotion }) => {
      const approvers = promotion.approvers[environment] ?? [];
      if (approvers.length === 0 || !isFrozen(promotion, environment)) return [];
      const subject: Subject = { of: "app", name: app, step: environment };
      const folder = inDist(`${cluster}/applications/${subjectOwner(subject)}/`);
      return [subjectPath(subject), folder].map((path) => rule(path, approvers));
    }),
  );
  return [...new Set(rules)];
}

function platformRules({ promotion }: Fleet): readonly string[] {
  const policy = platformPolicy(promotion);
  return policy.order
    .filter((group) => isFrozen(policy, group))
    .flatMap((group) => {
      const approvers = policy.approvers[group] ?? [];
      return approvers.length === 0 ? [] : [rule(`${addonReleasesFolder}/${group}/`, approvers)];
    });
}

function rule(path: string, approvers: readonly string[]): string {
  return `/${path} ${approvers.join(" ")}`;
}
