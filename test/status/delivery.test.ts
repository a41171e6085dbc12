import { describe, expect, test } from "vitest";
import type { PastRelease } from "../../scripts/promotion/history.ts";
import { deliveryOf } from "../../scripts/status/delivery.ts";
import type { ReleaseKind } from "../../synth/model/release.ts";

const hour = 3600;
const day = 24 * hour;
const now = 100 * day;

/** A release merged so many days before now, of a revision committed so many hours before that. */
function merged(
  daysAgo: number,
  kind: ReleaseKind,
  committedHoursBefore = 0,
): PastRelease & { committed: number } {
  const at = now - daysAgo * day;
  const revision = String(daysAgo).padStart(40, "0");
  const frozen = { revision, charts: {}, slices: {}, kind, who: "Ada <ada@example.com>", when: "", why: "" };
  return {
    commit: revision,
    at,
    release: { images: {}, frozen },
    committed: at - committedHoursBefore * hour,
  };
}

function delivery(history: readonly (PastRelease & { committed: number })[], days = 28) {
  const committed = new Map(history.map(({ release, committed: at }) => [release.frozen?.revision, at]));
  return deliveryOf({
    app: "shop",
    environment: "prod",
    history,
    committedAt: (revision) => committed.get(revision),
    now,
    days,
  });
}

describe("delivery figures", () => {
  test("count what was merged in the time asked for, a week at a time", () => {
    const { releases, perWeek } = delivery([
      merged(1, "promote"),
      merged(10, "promote"),
      merged(40, "promote"),
    ]);
    expect({ releases, perWeek }).toEqual({ releases: 2, perWeek: 0.5 });
  });

  test("take the lead time from commit to merge, by the median", () => {
    const { leadTime } = delivery([
      merged(1, "promote", 2),
      merged(2, "promote", 4),
      merged(3, "promote", 30),
    ]);
    expect(leadTime).toBe(4 * hour);
  });

  test("take a promotion that a rollback or a hotfix follows for a failed one", () => {
    const history = [
      merged(1, "promote"),
      merged(3, "hotfix"),
      merged(5, "promote"),
      merged(6, "rollback"),
      merged(6.5, "promote"),
      merged(7, "promote"),
    ];
    const { changeFailureRate, timeToRestore } = delivery(history);
    expect(changeFailureRate).toBe(2 / 4);
    expect(timeToRestore).toBe((2 * day + 0.5 * day) / 2);
  });

  test("take neither new facts of AWS nor what is frozen as it runs for an answer to the promotion before", () => {
    const history = [merged(1, "freeze"), merged(2, "facts"), merged(3, "promote")];
    expect(delivery(history)).toMatchObject({ releases: 1, changeFailureRate: 0, timeToRestore: null });
  });

  test("say nothing where nothing was promoted", () => {
    expect(delivery([])).toMatchObject({
      releases: 0,
      leadTime: null,
      changeFailureRate: null,
      timeToRestore: null,
    });
  });

  test("leave out the lead time of a revision that this clone lacks", () => {
    const history = [merged(1, "promote", 5)];
    const { leadTime } = deliveryOf({
      app: "shop",
      environment: "prod",
      history,
      committedAt: () => undefined,
      now,
      days: 28,
    });
    expect(leadTime).toBeNull();
  });
});
