import type { RenderedCluster } from "../../synth/checks/check.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { containerContracts } from "./contracts.ts";
import type { ContainerContract } from "./contracts.ts";
import type { Contract } from "./program/contract.ts";

/** An image of a mock, under the name of the image that it stands in for. */
export interface MockImage {
  readonly image: string;
  /** Of every container that starts the image. */
  readonly contracts: readonly Contract[];
}

/**
 * The images of our own that a cluster runs from this machine, tagged `local`. Others are pinned by digest, and no mock
 * can go by their names.
 *
 * @throws ProblemsError for containers that replace what the image starts, and so would pass the mock by
 */
export function mockImages(rendered: RenderedCluster): readonly MockImage[] {
  const own = containerContracts(rendered).filter(({ image }) => image.endsWith(":local"));
  const passing = own.filter(({ replacesEntrypoint }) => replacesEntrypoint);
  if (passing.length > 0) throw new ProblemsError(passing.map((each) => passedBy(rendered, each)));
  return [...Map.groupBy(own, ({ image }) => image)]
    .map(([image, containers]) => ({ image, contracts: containers.map(({ contract }) => contract) }))
    .toSorted((a, b) => (a.image < b.image ? -1 : 1));
}

function passedBy(rendered: RenderedCluster, { image, contract, definition, namespace }: ContainerContract) {
  return {
    rule: "mock-image",
    at: {
      definition,
      cluster: rendered.cluster.view.name,
      object: `${contract.workload} in ${namespace}`,
    },
    what: `container ${contract.container} replaces what image ${image} starts, so that a mock would not run`,
    fix: "give it args in place of command, or load the real image",
  };
}
