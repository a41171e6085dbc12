/** Windows over which the share of failures is recorded, from which every alert is made. */
export const burnWindows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;
export type BurnWindow = (typeof burnWindows)[number];

/** One line of the workbook's table: an alert while both windows burn the budget this many times too fast. */
interface BurnRate {
  readonly factor: number;
  readonly long: BurnWindow;
  /** A twelfth of the long one: the alert ends soon after the burning does. */
  readonly short: BurnWindow;
}

/** Window of every objective, which the factors below are made for. */
export const objectiveWindow = "30d";

/**
 * Google's Site Reliability Workbook, chapter "Alerting on SLOs", sixth approach: of a budget for 30 days, 14.4 times too
 * fast for an hour is 2%, 6 times for 6 hours 5%; 3 times for a day and once for three days 10% each.
 */
export const burnRates: Readonly<Record<"page" | "ticket", readonly BurnRate[]>> = {
  page: [
    { factor: 14.4, long: "1h", short: "5m" },
    { factor: 6, long: "6h", short: "30m" },
  ],
  ticket: [
    { factor: 3, long: "1d", short: "2h" },
    { factor: 1, long: "3d", short: "6h" },
  ],
};
