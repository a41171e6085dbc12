import { appPolicy, platformPolicy } from "../../synth/model/promotion.ts";
import { refusals } from "../../synth/release/refusals.ts";
import type { Move } from "../../synth/release/refusals.ts";
import type { Invalid } from "./invalid.ts";

const digest = `sha256:${"1".repeat(64)}` as const;
const revision = "1234567890abcdef1234567890abcdef12345678";

/** Friday, 27 November 2026, 21:00 UTC. */
const now = Date.parse("2026-11-27T21:00:00Z") / 1000;

/** A move of which nothing is wrong: shop, from staging to prod. */
export const allowed: Move = {
  target: { of: "app", name: "shop", step: "prod" },
  from: "staging",
  policy: appPolicy({ soakHours: { prod: 24 }, checks: ["e2e"] }),
  steps: ["dev", "staging", "prod"],
  images: { web: digest },
  revision,
  relation: "newer",
  hotfixed: [],
  since: now - 48 * 3600,
  now,
  health: { isHealthy: true, because: "Application shop-staging is Healthy" },
  checks: new Map([["e2e", "passed"]]),
};

function refused(expected: Omit<Invalid, "found">, change: Partial<Move>): Invalid {
  return { ...expected, found: () => ({ problems: refusals({ ...allowed, ...change }) }) };
}

export default [
  refused(
    {
      title: "a step that is skipped",
      what: "dev → prod skips staging: releases go dev → staging → prod",
      fix: "promote to staging first; what cannot wait is a hotfix",
    },
    { from: "dev" },
  ),
  refused(
    {
      title: "a step backwards",
      what: "staging comes before prod: releases go dev → staging → prod",
      fix: "swap --from and --to, or roll back",
    },
    { from: "prod", target: { of: "app", name: "shop", step: "staging" } },
  ),
  refused(
    {
      title: "a step that the app does not have",
      what: "shop has no step qa; its releases go dev → staging → prod",
      fix: "name one of: dev, staging, prod",
    },
    { from: "qa" },
  ),
  refused(
    {
      title: "an add-on where groups of clusters have no order",
      what: "pond follows main on every cluster: there is no order in which its releases move",
      fix: "change main instead, or give the fleet an order: promotion in clusters/fleet.ts, and group in each cluster",
    },
    { target: { of: "addon", name: "pond", step: "prod" }, policy: platformPolicy(), steps: [] },
  ),
  refused(
    {
      title: "a downgrade",
      what: "prod runs a newer revision than staging: this would be a downgrade",
      fix: "npm run slipway -- rollback shop prod",
    },
    { relation: "older" },
  ),
  refused(
    {
      title: "an image without a digest",
      what: "image web has no digest in staging: it is pinned by the tag 1.2.3",
      fix: "npm run slipway -- release set-image shop dev web --from-ecr 1.2.3, commit it, and promote from dev on",
    },
    { images: { web: "1.2.3" } },
  ),
  refused(
    {
      title: "a source that has not soaked",
      what: "staging has run this release for 1.5 h, and prod asks for 24 h",
      fix: "promote it after 2026-11-28T19:30:00Z; what cannot wait is a hotfix",
    },
    { since: now - 5400 },
  ),
  refused(
    {
      title: "a source that does not run the release yet",
      what: "staging has not run this release yet, and prod asks for 24 h",
      fix: "promote to staging, and to prod 24 h after that is merged",
    },
    { since: undefined },
  ),
  refused(
    {
      title: "a source that is not healthy",
      what: "staging is not healthy: Application shop-staging is Degraded",
      fix: "repair it there first, or roll it back",
    },
    { health: { isHealthy: false, because: "Application shop-staging is Degraded" } },
  ),
  refused(
    {
      title: "a required check that failed",
      what: "check e2e of 1234567890ab is failed",
      fix: "make it pass on main, then promote from there",
    },
    { checks: new Map([["e2e", "failed"]]) },
  ),
  refused(
    {
      title: "a required check that never ran",
      what: "check e2e of 1234567890ab is missing",
      fix: "make it pass on main, then promote from there",
    },
    { checks: new Map() },
  ),
  refused(
    {
      title: "a day on which nothing is promoted",
      what: "prod is frozen now (2026-11-27T21:00:00Z): nobody is there at the weekend",
      fix: "promote it on another day than fri, sat; what cannot wait is a hotfix",
    },
    {
      policy: appPolicy({
        freezes: { prod: [{ weekdays: ["fri", "sat"], why: "nobody is there at the weekend" }] },
      }),
    },
  ),
  refused(
    {
      title: "a time in which nothing is promoted",
      what: "prod is frozen now (2026-11-27T21:00:00Z): the year's largest sale",
      fix: "promote it after 2026-11-30T23:59:59Z; what cannot wait is a hotfix",
    },
    {
      policy: appPolicy({
        freezes: {
          prod: [
            { from: "2026-11-26T00:00:00Z", to: "2026-11-30T23:59:59Z", why: "the year's largest sale" },
          ],
        },
      }),
    },
  ),
];
