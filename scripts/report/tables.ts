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
    head: ["CLUSTER", "NODE GROUP", "", "BEFORE", "AFTER", "NODES HAVE"],
    rows: cost.flatMap(({ cluster, groups, before, after, room }) =>
      measures.flatMap(({ name, of, text }) =>
        boundsText(before, of, text) === boundsText(after, of, text)
          ? []
          : [
              [
                cluster,
                groups.join(" or ") || "none takes them",
                name,
                boundsText(before, of, text),
                boundsText(after, of, text),
                boundsText(room, of, text),
              ],
            ],
      ),
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

function boundsText(
  { min, max }: Bounds<Demand>,
  of: (demand: Demand) => number,
  text: (amount: number) => string,
): string {
  const [low, high] = [text(of(min)), text(of(max))];
  return low === high ? low : `${low} to ${high}`;
}
