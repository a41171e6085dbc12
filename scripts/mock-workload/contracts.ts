import type { RenderedCluster } from "../../synth/checks/check.ts";
import { indexOf } from "../../synth/checks/index-objects.ts";
import type { ContainerView } from "../../synth/checks/workloads.ts";
import { field, list, strings, text } from "../../synth/objects/json-fields.ts";
import { contractOf } from "./container-contract.ts";
import { keysIn } from "./keys.ts";
import type { Contract } from "./program/contract.ts";

/** A container of the fleet, and what a mock of it has to honour. */
export interface ContainerContract {
  readonly image: string;
  /** Whether the pod replaces what the image starts, so that no image of ours would be asked. */
  readonly replacesEntrypoint: boolean;
  readonly contract: Contract;
  /** Command lines of its exec probes. */
  readonly execProbes: readonly (readonly string[])[];
  readonly namespace: string;
  /** The definition that renders it. */
  readonly definition: string;
}

/** The contract of every container that a cluster's slices declare, those of jobs started at run time included. */
export function containerContracts(rendered: RenderedCluster): readonly ContainerContract[] {
  const index = indexOf(rendered);
  const keysOf = keysIn(index);
  return index.templates.flatMap((template) =>
    template.containers.map((container): ContainerContract => ({
      image: text(container.spec, "image") ?? "",
      replacesEntrypoint: strings(container.spec, "command").length > 0,
      contract: contractOf(template, container, keysOf(template.namespace)),
      execProbes: execProbesOf(container),
      namespace: template.namespace,
      definition: template.source.definition,
    })),
  );
}

const probeNames = ["startupProbe", "livenessProbe", "readinessProbe"];

function execProbesOf({ spec }: ContainerView): readonly (readonly string[])[] {
  return probeNames
    .map((name) => field(spec, name))
    .filter((probe) => list(probe, "exec", "command").length > 0)
    .map((probe) => strings(probe, "exec", "command"));
}
