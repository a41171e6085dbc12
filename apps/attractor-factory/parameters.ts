import type { AppContext, SecretRotation } from "#synth";
import { sizes } from "./sizes.ts";
import type { RunnerSizeName, SizeName } from "./sizes.ts";

/** What one environment of Attractor Factory decides. */
export interface Parameters extends SecretRotation {
  /** Name that users type. */
  readonly hostname: string;
  /** Replicas, resources and volumes of everything but the runs. */
  readonly size: SizeName;
  readonly runners: {
    /** CPU, memory and workspace of one run. */
    readonly size: RunnerSizeName;
    /** Runs at once; the controller keeps to it, and the quota of their namespace is made of it. */
    readonly concurrency: number;
    /** Minutes after which a run is stopped. */
    readonly timeLimitMinutes: number;
  };
  /** Database dumps to MinIO, and snapshots of the volumes where the cluster has them. */
  readonly backups: {
    /** When, in UTC, as crontab writes it. */
    readonly schedule: string;
    /** Days that dumps and snapshots are kept. */
    readonly retentionDays: number;
  };
}

/** Capabilities without which it does not run. */
export const needs = ["ingress", "blockStorage", "secretStore"] as const;

/** Its own images, as its AWS stack makes their repositories. */
export const images = {
  api: { repository: "attractor-factory/factory-api" },
  web: { repository: "attractor-factory/factory-web" },
  controller: { repository: "attractor-factory/factory-runner-controller" },
  runner: { repository: "attractor-factory/factory-runner" },
} as const;

/** Context of a placement of this app, as its parts read it. */
export type FactoryContext = AppContext<Parameters, (typeof needs)[number], keyof typeof images>;

/** Complains about numbers that the types let pass. */
export function checkParameters({ parameters, capabilities, cluster, report }: FactoryContext): void {
  const { runners, backups } = parameters;
  const counts = {
    "runners.concurrency": runners.concurrency,
    "runners.timeLimitMinutes": runners.timeLimitMinutes,
    "backups.retentionDays": backups.retentionDays,
  };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1)
      report(`${name} is ${count}`, "make it a whole number above 0");
  }
  const autoscaled = typeof sizes[parameters.size].api.replicas !== "number";
  if (autoscaled && capabilities.resourceMetrics === undefined) {
    report(
      `size ${parameters.size} scales on CPU, which ${cluster.name} does not measure`,
      'give the cluster the capability "resourceMetrics", or choose size "small"',
    );
  }
}
