import { pinText } from "../output/pin-text.ts";
import { summary, unwellLines } from "../dashboard/status-lines.ts";
import { visibleLine } from "../output/problems.ts";
import { tableLines } from "../output/table.ts";
import type { FleetStatus } from "./fleet-status.ts";
import type { LiveCluster } from "./live/look-at-clusters.ts";
import { liveText } from "./live/wording.ts";
import type { WaiverStatus } from "./waivers.ts";
import { agoText, behindText, deliveryFigures, releaseText } from "./wording.ts";

/** What `slipway status` prints at a terminal of this many characters. */
export function statusLines(status: FleetStatus, width: number): readonly string[] {
  return [
    ...environmentTable(status, width),
    ...section(status.live !== undefined, () => liveLines(status.live ?? [], width)),
    ...section(status.deliveries.length > 0, () => deliveryTable(status, width)),
    ...section(
      status.skew.some(({ differs }) => differs),
      () => skewTable(status, width),
    ),
    ...section(status.waivers.some(isDue), () => waiverTable(status, width)),
    ...section(status.shallow, () => [
      "this clone has only the newest commits: ages and figures reach no further back (git fetch --unshallow)",
    ]),
  ];
}

function section(wanted: boolean, lines: () => readonly string[]): readonly string[] {
  return wanted ? ["", ...lines()] : [];
}

function environmentTable({ environments, at, live }: FleetStatus, width: number): readonly string[] {
  return tableLines(
    [
      "APP",
      "ENVIRONMENT",
      "RELEASE",
      ...(live === undefined ? [] : ["LIVE"]),
      "AGE",
      "BEHIND",
      "OPEN",
      "IMAGES",
      "CLUSTERS",
    ],
    environments.map((status) => [
      status.app,
      status.environment,
      releaseText(status),
      ...(live === undefined ? [] : [liveText(status.live ?? [])]),
      agoText(status.since, at),
      behindText(status.behind),
      status.open.map(({ branch }) => branch).join(", ") || "-",
      Object.entries(status.images)
        .map(([name, pin]) => `${name} ${pinText(pin)}`)
        .join(", ") || "-",
      status.clusters.join(", "),
    ]),
    width,
  );
}

/** Each cluster in a line; below it what is not well, with its words. */
function liveLines(live: readonly LiveCluster[], width: number): readonly string[] {
  return [
    ...tableLines(
      ["CLUSTER", "LIVE"],
      live.map(({ cluster, why, parts }) => [
        cluster,
        why === null ? summary(parts) : `not reached: ${visibleLine(why)}`,
      ]),
      width,
    ),
    ...live.flatMap(({ cluster, parts }) => {
      const unwell = unwellLines(parts);
      return unwell.length === 0 ? [] : ["", `on ${cluster}`, ...unwell.slice(1)];
    }),
  ];
}

function deliveryTable({ deliveries }: FleetStatus, width: number): readonly string[] {
  const [first] = deliveries;
  if (first === undefined) return [];
  return tableLines(
    [`DELIVERY, ${first.days} DAYS`, ...deliveryFigures(first).map(([name]) => name.toUpperCase())],
    deliveries.map((delivery) => [
      `${delivery.app} ${delivery.environment}`,
      ...deliveryFigures(delivery).map(([, value]) => value),
    ]),
    width,
  );
}

function skewTable({ skew }: FleetStatus, width: number): readonly string[] {
  return tableLines(
    ["ADD-ON IN SEVERAL VERSIONS", "VERSIONS"],
    skew
      .filter(({ differs }) => differs)
      .map(({ addon, versions }) => {
        const groups = Map.groupBy(Object.entries(versions), ([, version]) => version);
        return [
          addon,
          [...groups]
            .map(([version, on]) => `${version} on ${on.map(([cluster]) => cluster).join(", ")}`)
            .join("; "),
        ];
      }),
    width,
  );
}

function isDue({ state }: WaiverStatus): boolean {
  return state !== "good";
}

function waiverTable({ waivers }: FleetStatus, width: number): readonly string[] {
  return tableLines(
    ["WAIVER", "ENDS", "RULE", "OBJECT", "WHO"],
    waivers
      .filter(isDue)
      .map(({ id, expires, daysLeft, rule, object, who }) => [
        id,
        daysLeft < 0 ? `${expires}, over` : `${expires}, in ${daysLeft} d`,
        rule,
        object,
        who,
      ]),
    width,
  );
}
