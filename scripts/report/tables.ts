import type { Changes } from "../../synth/changes/changes.ts";
import type { Bounds, Demand } from "../../synth/changes/cost.ts";
import { cpuText, memoryText } from "../../synth/checks/quantity.ts";
import { placesText, rangeText, versionText } from "./wording.ts";

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function versionRows({ versions }: Changes): Table {
  return {
    title: "Images and charts",
    head: ["IMAGE OR CHART", "BEFORE", "AFTER", "WHERE", "RUN BY"],
    rows: versions.map((change) => [
      change.name,
      versionText(change, change.before),
      versionText(change, change.after),
      placesText(change.places),
      change.users.join(", "),
    ]),
  };
}

export function replicaRows({ replicas }: Changes): Table {
  return {
    title: "Replicas",
    head: ["WORKLOAD", "BEFORE", "AFTER", "WHERE"],
    rows: replicas.map(({ workload, before, after, places }) => [
      workload,
      rangeText(before),
      rangeText(after),
      placesText(places),
    ]),
  };
}

/** What pods request, at the autoscalers' minimum and maximum, beside what the nodes hold at theirs. */
export function costRows({ cost }: Changes): Table {
  return {
    title: "Requests by node group",
    head: ["CLUSTER", "NODE GROUP", "", "BEFORE", "AFTER", "CHANGE", "NODES HAVE"],
    rows: cost.flatMap(({ cluster, groups, before, after, room }) =>
      measures.flatMap(({ name, of, text }) => {
        const more = { min: of(after.min) - of(before.min), max: of(after.max) - of(before.max) };
        if (more.min === 0 && more.max === 0) return [];
        const bounds = ({ min, max }: Bounds<Demand>): string => rangeOf(text(of(min)), text(of(max)));
        const change = rangeOf(signed(more.min, text), signed(more.max, text));
        const where = groups.join(" or ") || "none takes them";
        return [[cluster, where, name, bounds(before), bounds(after), change, bounds(room)]];
      }),
    ),
  };
}

const measures: readonly {
  readonly name: string;
  readonly of: (demand: Demand) => number;
  readonly text: (amount: number) => string;
}[] = [
  { name: "CPU", of: ({ cpu }) => cpu, text: (amount) => cpuText(amount).replace(" CPU", "") },
  { name: "memory", of: ({ memory }) => memory, text: memoryText },
  { name: "pods", of: ({ pods }) => pods, text: String },
];

function rangeOf(low: string, high: string): string {
  return low === high ? low : `${low} to ${high}`;
}

function signed(amount: number, text: (amount: number) => string): string {
  if (amount === 0) return "0";
  return `${amount < 0 ? "-" : "+"}${text(Math.abs(amount))}`;
}
