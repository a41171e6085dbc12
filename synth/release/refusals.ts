import type { Problem } from "../model/problem.ts";
import { weekdays } from "../model/promotion.ts";
import type { FreezeWindow, PromotionPolicy } from "../model/promotion.ts";
import { subjectPath } from "../model/release.ts";
import type { Release, Revision, Subject } from "../model/release.ts";

/** How two revisions of one history lie to each other. */
export type Relation = "same" | "newer" | "older" | "apart";

/** What is known of whether a source runs well, and how. */
export interface Health {
  /** Undefined where nobody could be asked. */
  readonly isHealthy: boolean | undefined;
  /** Why, for people: `Application shop-staging is Degraded`. */
  readonly because: string;
}

export type CheckState = "passed" | "failed" | "running" | "missing";

/** One step of one release, with all that decides whether it may happen. */
export interface Move {
  readonly target: Subject;
  readonly from: string;
  readonly policy: PromotionPolicy;
  /** Steps of the policy's order at which the subject stands. */
  readonly steps: readonly string[];
  readonly images: Release["images"];
  readonly revision: Revision;
  /** Where the source's revision lies, seen from the target's; undefined if the target has no release yet. */
  readonly relation: Relation | undefined;
  /** Images that a hotfix gave the target, and that the source does not run. */
  readonly hotfixed: readonly string[];
  /** Seconds since 1970 since when the source has run this release; undefined if it does not run it yet. */
  readonly since: number | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  readonly health: Health;
  /** States of the checks that the policy asks for; undefined where no forge could be asked. */
  readonly checks: ReadonlyMap<string, CheckState> | undefined;
}

/** Every reason why a release may not move on; none if it may. */
export function refusals(move: Move): readonly Problem[] {
  return [
    ...order(move),
    ...downgrade(move),
    ...pins(move),
    ...soak(move),
    ...health(move),
    ...checks(move),
    ...freeze(move),
  ];
}

function refusal({ target }: Move, what: string, fix: string): Problem {
  return { rule: "promotion", at: { definition: subjectPath(target) }, what, fix };
}

function order(move: Move): readonly Problem[] {
  const { target, from, steps } = move;
  const [source, next] = [steps.indexOf(from), steps.indexOf(target.step)];
  const told = steps.join(" → ");
  if (steps.length === 0) {
    return [
      refusal(
        move,
        `${target.name} follows main on every cluster: there is no order in which its releases move`,
        "change main instead, or give the fleet an order: promotion in clusters/fleet.ts, and group in each cluster",
      ),
    ];
  }
  if (source === -1 || next === -1) {
    const missing = source === -1 ? from : target.step;
    return [
      refusal(
        move,
        `${target.name} has no step ${missing}; its releases go ${told}`,
        `name one of: ${steps.join(", ")}`,
      ),
    ];
  }
  if (next === source + 1) return [];
  if (next <= source) {
    return [
      refusal(
        move,
        `${target.step} comes before ${from}: releases go ${told}`,
        `swap --from and --to, or roll back`,
      ),
    ];
  }
  const skipped = steps.slice(source + 1, next);
  return [
    refusal(
      move,
      `${from} → ${target.step} skips ${skipped.join(", ")}: releases go ${told}`,
      `promote to ${skipped[0] ?? ""} first; what cannot wait is a hotfix`,
    ),
  ];
}

function downgrade(move: Move): readonly Problem[] {
  const { target, from, relation } = move;
  if (relation !== "older") return [];
  const what = `${target.step} runs a newer revision than ${from}: this would be a downgrade`;
  return [refusal(move, what, `npm run slipway -- rollback ${target.name} ${target.step}`)];
}

function pins(move: Move): readonly Problem[] {
  return Object.entries(move.images)
    .filter(([, pin]) => !pin.startsWith("sha256:"))
    .map(([image, pin]) =>
      refusal(
        move,
        `image ${image} has no digest in ${move.from}: it is pinned by the tag ${pin}`,
        pinning(move, image, pin),
      ),
    );
}

/** Images are set where main is followed; what is frozen gets a digest by a promotion. */
function pinning({ target, from, steps }: Move, image: string, pin: string): string {
  const [first = from] = steps;
  const set = `npm run slipway -- release set-image ${target.name} ${first} ${image} --from-ecr ${pin}, commit it, and promote`;
  return first === from ? `${set} again` : `${set} from ${first} on`;
}

/** `1.5 h`, `12 min`: a tenth of an hour says nothing of what has just begun. */
function lasted(seconds: number): string {
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function soak(move: Move): readonly Problem[] {
  const { target, from, policy, since, now } = move;
  const hours = policy.soakHours[target.step] ?? 0;
  if (hours === 0) return [];
  const wanted = `${target.step} asks for ${hours} h`;
  if (since === undefined) {
    const what = `${from} has not run this release yet, and ${wanted}`;
    return [refusal(move, what, `promote to ${from}, and to ${target.step} ${hours} h after that is merged`)];
  }
  const ready = since + hours * 3600;
  if (now >= ready) return [];
  const what = `${from} has run this release for ${lasted(now - since)}, and ${wanted}`;
  return [refusal(move, what, `promote it after ${isoTime(ready)}; what cannot wait is a hotfix`)];
}

function health(move: Move): readonly Problem[] {
  const { isHealthy, because } = move.health;
  if (isHealthy !== false) return [];
  return [refusal(move, `${move.from} is not healthy: ${because}`, "repair it there first, or roll it back")];
}

function checks(move: Move): readonly Problem[] {
  const { policy, revision, checks: states } = move;
  if (states === undefined) return [];
  return policy.checks.flatMap((name) => {
    const state = states.get(name) ?? "missing";
    if (state === "passed") return [];
    const fix = state === "running" ? "wait for it" : "make it pass on main, then promote from there";
    return [refusal(move, `check ${name} of ${revision.slice(0, 12)} is ${state}`, fix)];
  });
}

function freeze(move: Move): readonly Problem[] {
  const { target, policy, now } = move;
  return (policy.freezes[target.step] ?? [])
    .filter((window) => isIn(window, now))
    .map((window) =>
      refusal(
        move,
        `${target.step} is frozen now (${isoTime(now)}): ${window.why}`,
        `promote it ${"to" in window ? `after ${window.to}` : `on another day than ${window.weekdays.join(", ")}`}; what cannot wait is a hotfix`,
      ),
    );
}

function isIn(window: FreezeWindow, now: number): boolean {
  if ("weekdays" in window) {
    const day = weekdays[new Date(now * 1000).getUTCDay()];
    return day !== undefined && window.weekdays.includes(day);
  }
  return now * 1000 >= Date.parse(window.from) && now * 1000 <= Date.parse(window.to);
}

/** UTC to the second, as releases write it. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
