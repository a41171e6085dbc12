import type { Problem } from "../model/problem.ts";
import type { GateInput } from "./gate.ts";
import { gates } from "./gates.ts";
import { daysLeft, isExpired, nearExpiry, waiverProblem } from "./waiver.ts";
import type { Waiver } from "./waiver.ts";

/** Something a gate refuses that a waiver lets through. */
export interface Waived {
  readonly problem: Problem;
  readonly waiver: Waiver;
}

export interface Verdict {
  /** What stops the change: findings without a waiver, and expired waivers. */
  readonly refused: readonly Problem[];
  readonly waived: readonly Waived[];
  /** Waivers that let nothing through: the change they were for is in, or was never made. */
  readonly unused: readonly Waiver[];
  readonly nearExpiry: readonly Waiver[];
}

/**
 * Runs all gates.
 *
 * @param today the day as an ISO date, such as `2026-11-27`
 */
export function judge(input: GateInput, waivers: readonly Waiver[], today: string): Verdict {
  const found = gates.flatMap((gate) => [...gate.run(input)]);
  const valid = waivers.filter((waiver) => !isExpired(waiver, today));
  const matched = found.map((problem) => ({
    problem,
    waiver: valid.find((waiver) => covers(waiver, problem)),
  }));
  const waived = matched.flatMap(({ problem, waiver }) =>
    waiver === undefined ? [] : [{ problem, waiver }],
  );
  return {
    refused: [
      ...matched.flatMap(({ problem, waiver }) => (waiver === undefined ? [problem] : [])),
      ...waivers.filter((waiver) => isExpired(waiver, today)).map(expired),
    ],
    waived,
    unused: valid.filter((waiver) => !waived.some((entry) => entry.waiver === waiver)),
    nearExpiry: valid.filter((waiver) => daysLeft(waiver, today) <= nearExpiry),
  };
}

function covers({ rule, object, clusters }: Waiver, { rule: found, at }: Problem): boolean {
  return rule === found && object === at.object && clusters.includes(at.cluster ?? "");
}

function expired({ path, rule, object, expires }: Waiver): Problem {
  return waiverProblem(
    path,
    `it let ${rule} pass for ${object} until ${expires}, which is over`,
    "remove it; if the change is still to come, say why and set a new day",
  );
}
