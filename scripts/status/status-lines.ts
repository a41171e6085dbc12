import { tableLines } from "../output/table.ts";
import type { FleetStatus } from "./fleet-status.ts";
import type { WaiverStatus } from "./waivers.ts";
import { agoText, behindText, deliveryFigures, pinText, releaseText } from "./wording.ts";

/** What `slipway status` prints at a terminal of this many characters. */
export function statusLines(status: FleetStatus, width: number): readonly string[] {
  return [
    ...environmentTable(status, width),
    ...section(status.deliveries.length > 0, () => deliveryTable(status, width)),
    ...section(
      status.skew.some(({ differs }) => differs),
      () => skewTable(status, width),
    ),
    ...section(status.waivers.some(isDue), () => waiverTable(status, width)),
  ];
}

function section(wanted: boolean, lines: () => readonly string[]): readonly string[] {
  return wanted ? ["", ...lines()] : [];
}

function environmentTable({ environments, at }: FleetStatus, width: number): readonly string[] {
  return tableLines(
    ["APP", "ENVIRONMENT", "RELEASE", "AGE", "BEHIND", "OPEN", "IMAGES", "CLUSTERS"],
    environments.map((status) => [
      status.app,
      status.environment,
      releaseText(status),
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
