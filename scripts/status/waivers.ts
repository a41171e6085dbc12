import { daysLeft, isExpired, nearExpiry } from "../../synth/gates/waiver.ts";
import type { Waiver } from "../../synth/gates/waiver.ts";

export interface WaiverStatus extends Pick<
  Waiver,
  "id" | "path" | "rule" | "object" | "clusters" | "reason" | "who" | "expires"
> {
  /** Negative once it is over. */
  readonly daysLeft: number;
  readonly state: "expired" | "near" | "good";
}

/** The nearest to its end first. */
export function waiverStatuses(waivers: readonly Waiver[], today: string): readonly WaiverStatus[] {
  return waivers
    .map((waiver): WaiverStatus => {
      const left = daysLeft(waiver, today);
      return {
        ...waiver,
        daysLeft: left,
        state: isExpired(waiver, today) ? "expired" : left <= nearExpiry ? "near" : "good",
      };
    })
    .toSorted((a, b) => a.daysLeft - b.daysLeft);
}
