import type { FileSpec } from "../../synth/layout/file-spec.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";

/** Loads what it needs, and returns the run to time. */
interface Scenario {
  readonly description: string;
  readonly prepare: () => Promise<() => readonly FileSpec[]>;
}

export const scenarios = {
  committed: {
    description: "the committed fleet",
    prepare: async () => {
      const { loadFleet, readInputs } = await import("../workspace.ts");
      const { synthesizeCluster } = await import("../../synth/synthesize.ts");
      const fleet = await loadFleet();
      const inputs = readInputs();
      return () => synthesizeAll(synthesizeCluster, fleet, inputs);
    },
  },
  generated: {
    description: "15 clusters × 20 apps × 8 objects",
    prepare: async () => {
      const { generatedFleet } = await import("./generated-fleet.ts");
      const { synthesizeCluster } = await import("../../synth/synthesize.ts");
      return () => {
        const { fleet, inputs } = generatedFleet(15, 20);
        return synthesizeAll(synthesizeCluster, fleet, inputs);
      };
    },
  },
  floor: {
    description: "the same objects as plain data through js-yaml, nothing checked",
    prepare: async () => {
      const { toYaml } = await import("../../synth/objects/yaml.ts");
      const { floorFiles } = await import("./floor.ts");
      return () => floorFiles(15, 20, toYaml);
    },
  },
} satisfies Record<string, Scenario>;

type ScenarioName = keyof typeof scenarios;

export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}

function synthesizeAll(
  synthesizeCluster: typeof import("../../synth/synthesize.ts").synthesizeCluster,
  fleet: Fleet,
  inputs: Inputs,
): readonly FileSpec[] {
  const results = fleet.clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs));
  const problems = results.flatMap((result) => result.problems);
  if (problems.length > 0) throw new Error(`the fleet has problems: ${JSON.stringify(problems.slice(0, 3))}`);
  return results.flatMap((result) => result.files);
}
