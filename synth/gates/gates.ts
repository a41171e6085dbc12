import type { Gate } from "./gate.ts";

/** All gates, in the order in which they print: what cannot be undone first. */
export const gates: readonly Gate[] = [];
