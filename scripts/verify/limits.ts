import { availableParallelism, loadavg } from "node:os";

/**
 * Seconds that each step may take at the most on a machine that does nothing but verify: three times what the slowest
 * cluster of the fleet needs there. It is over as soon as what is waited for is so.
 */
export const limits = {
  /** Until the cluster is what dist says, from nothing or from another revision. */
  settle: 120,
  /**
   * That a complaint may last before it counts as the end: a refused manifest does not get better. Longer than the minute
   * after which Flux tries again what it had no right to yet, since rights come beside what needs them.
   */
  complaint: 75,
  /** Until what was deleted or edited by hand is back: Flux looks at a slice after those that it depends on. */
  drift: 60,
  /** Until what left dist has left the cluster, once its reconciler says that it is done. */
  prune: 30,
  /** Until a reconciler refuses what it must not apply. */
  refusal: 45,
  /** Until the scheduler has found a node for every pod. */
  schedule: 30,
  /** The same, once every autoscaler's target is at its most. */
  scale: 90,
} as const;

/** No machine is so busy that it deserves more: something is broken by then. */
const mostTimes = 3;

/** Seconds of a limit on this machine as it is now: more where more programs want to run than there are processors. */
export function secondsFor(
  limit: keyof typeof limits,
  load = loadavg()[0] ?? 0,
  processors = availableParallelism(),
): number {
  return Math.round(limits[limit] * Math.min(mostTimes, Math.max(1, load / processors)));
}

/**
 * Seconds of a limit that begins now, asked for as often as one likes: as many as the machine has deserved since, as
 * what it has to do besides may come later, and is averaged over a minute.
 */
export function patienceFor(limit: keyof typeof limits, secondsNow = secondsFor): () => number {
  let most = 0;
  return () => (most = Math.max(most, secondsNow(limit)));
}
