import type { PastRelease } from "../promotion/history.ts";

/** How often and how well an app reaches its last environment, from git alone. */
export interface Delivery {
  readonly app: string;
  /** Last step of its order: what the figures are of. */
  readonly environment: string;
  /** Days that they are of, ending now. */
  readonly days: number;
  /** Releases that were merged in that time, of every kind but those that only take up new facts. */
  readonly releases: number;
  readonly perWeek: number;
  /** Median seconds from the commit that was released to the merge that released it; null without a promotion. */
  readonly leadTime: number | null;
  /** Promotions that a rollback or a hotfix answered, of all promotions; null without a promotion. */
  readonly changeFailureRate: number | null;
  /** Median seconds from the merge of such a promotion to the merge of what answered it; null if there was none. */
  readonly timeToRestore: number | null;
}

interface DeliveryOptions {
  readonly app: string;
  readonly environment: string;
  /** Newest first, as git has it. */
  readonly history: readonly PastRelease[];
  /** Seconds since 1970 at which a revision was committed; undefined for one that is not here. */
  readonly committedAt: (revision: string) => number | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  readonly days: number;
}

const day = 86_400;

/**
 * The four figures by which delivery is judged (dora.dev): how often, how long, how many fail, how soon they are mended.
 * What takes back or repairs is no promotion: it says that the one before it failed.
 */
export function deliveryOf(options: DeliveryOptions): Delivery {
  const { app, environment, history, committedAt, now, days } = options;
  const recent = history.filter(
    (past) => past.release.frozen && !isNoDelivery(past) && past.at > now - days * day,
  );
  const promotions = recent.filter(isPromotion);
  const answers = promotions.flatMap((promotion) => {
    const next = history.slice(0, history.indexOf(promotion)).findLast((each) => !isNoDelivery(each));
    return next === undefined || isPromotion(next) ? [] : [next.at - promotion.at];
  });
  return {
    app,
    environment,
    days,
    releases: recent.length,
    perWeek: recent.length / (days / 7),
    leadTime: median(
      promotions.flatMap(({ at, release }) => {
        const committed = committedAt(release.frozen?.revision ?? "");
        return committed === undefined ? [] : [Math.max(0, at - committed)];
      }),
    ),
    changeFailureRate: promotions.length === 0 ? null : answers.length / promotions.length,
    timeToRestore: median(answers),
  };
}

function isPromotion({ release }: PastRelease): boolean {
  return release.frozen?.kind === "promote";
}

/** What AWS says of a cluster changes without anybody's fault, and what is frozen as it runs is nothing new. */
function isNoDelivery({ release }: PastRelease): boolean {
  const kind = release.frozen?.kind;
  return kind === "facts" || kind === "freeze";
}

/** Of an even number, the mean of the two in the middle. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
