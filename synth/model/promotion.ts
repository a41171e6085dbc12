import type { Environment } from "./names.ts";

/** A time in which nothing is promoted. Rollbacks and hotfixes are for times like these, and go on. */
export type FreezeWindow = {
  /** For whom is refused. */
  readonly why: string;
} & (
  | {
      /** First and last moment, ISO 8601 with a time zone: `2026-12-18T17:00:00Z`. */
      readonly from: string;
      readonly to: string;
    }
  | {
      /** Whole days of the week, in UTC. */
      readonly weekdays: readonly Weekday[];
    }
);

export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof weekdays)[number];

/** What it takes to move a release one step further. S: the steps: environments of an app, groups of clusters. */
export interface PromotionSpec<S extends string> {
  /** Steps in the order in which releases move through them; the first follows main. Default for apps: dev, staging, prod. */
  readonly order?: readonly S[];
  /** Hours that the step before must have run a release, by the step it moves to. Default: 0. */
  readonly soakHours?: Readonly<Partial<Record<S, number>>>;
  /** Checks of the forge that must have passed on the source revision. Default: none. */
  readonly checks?: readonly string[];
  /** Times in which nothing moves to a step. Default: none. */
  readonly freezes?: Readonly<Partial<Record<S, readonly FreezeWindow[]>>>;
  /** Who approves what moves to a step, as CODEOWNERS names them: `@org/team`. Default: whoever may merge. */
  readonly approvers?: Readonly<Partial<Record<S, readonly string[]>>>;
}

/** A policy with its defaults. */
export type PromotionPolicy = Required<PromotionSpec<string>>;

const defaultOrder: readonly Environment[] = ["dev", "staging", "prod"];

/** An app's policy with its defaults. */
export function appPolicy(spec: PromotionSpec<Environment> = {}): PromotionPolicy {
  return { ...defaults, order: defaultOrder, ...spec };
}

/** The policy of groups of clusters with its defaults: without an order, all follow main. */
export function platformPolicy(spec: PromotionSpec<string> = {}): PromotionPolicy {
  return { ...defaults, ...spec };
}

const defaults: PromotionPolicy = { order: [], soakHours: {}, checks: [], freezes: {}, approvers: {} };

/** Whether a step stays at its release until somebody moves it. One outside the order, such as local, follows main. */
export function isFrozen({ order }: PromotionPolicy, step: string): boolean {
  return order.indexOf(step) > 0;
}
