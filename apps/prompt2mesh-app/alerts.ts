import type { Alert } from "#synth";

/** An instance that nobody uses costs as much as one that somebody does, and nobody complains of it. */
export const reaperAlerts: readonly Alert[] = [
  {
    name: "IdleInstancesStay",
    severity: "ticket",
    expression: (namespace) =>
      `time() - max(user_instance_reaper_last_round_timestamp_seconds{namespace="${namespace}"} or vector(0)) > 900`,
    forMinutes: 15,
    summary: "nobody has looked for idle instances of users for {{ $value | humanizeDuration }}",
    runbook: "idle-instances-stay",
  },
];
