import { chooseClusters } from "../choose-clusters.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { buildMock } from "../mock-workload/build.ts";
import { clusterMocks } from "../mock-workload/cluster-mocks.ts";
import type { MockImage } from "../mock-workload/images.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import { loadFleet } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly list?: true;
  readonly load?: string;
}

/** `slipway mock`: images that stand in for those of the apps, under their names. */
export const mockCommand: DefineCommand = (program) => {
  program
    .command("mock")
    .description("Build images that stand in for the apps' own, so that a cluster on kind runs without them.")
    .argument("[cluster]", "the definition whose images are meant", "local")
    .option("--list", "only tell which images there would be, and for which containers")
    .option("--load <name>", "load them into this cluster of kind's, too")
    .addHelpText(
      "after",
      `
A mock opens the ports that its container declares, answers its probes, and fails where a variable, a secret or a file
that the container is promised is missing. It needs Docker or Podman.

Examples:
  npm run slipway -- mock --list
  npm run slipway -- mock local --load local`,
    )
    .action(async (name: string, options: Options) => {
      if (options.list && options.load !== undefined) throw conflict();
      const mocks = await mocksOf(name);
      if (options.list) {
        console.log(listLines(mocks).join("\n"));
        return;
      }
      await build(mocks);
      if (options.load === undefined) return;
      const { kindProvider } = await import("../kind/provider.ts");
      await kindProvider().loadImages({ name: options.load, images: mocks.map(({ image }) => image) });
      console.log(`loaded into ${options.load}`);
    });
};

async function mocksOf(name: string): Promise<readonly MockImage[]> {
  const fleet = await loadFleet();
  const [cluster] = chooseClusters(fleet, [name]);
  if (cluster === undefined) throw new Error(`no cluster ${name}`);
  return clusterMocks(fleet, cluster);
}

async function build(mocks: readonly MockImage[]): Promise<void> {
  const { findEngine } = await import("../kind/engine.ts");
  const { name: engine } = await findEngine();
  for (const mock of mocks) {
    console.error(`building a mock of ${mock.image} with ${engine}`);
    await buildMock(engine, mock);
    console.log(mock.image);
  }
}

function listLines(mocks: readonly MockImage[]): readonly string[] {
  if (mocks.length === 0) return ["it runs no image of this machine"];
  const rows = mocks.flatMap(({ image, contracts }) =>
    contracts.map(({ workload, args, ports }) => [
      image,
      workload,
      args.join(" "),
      ports.map(({ number }) => number).join(", "),
    ]),
  );
  return tableLines(["IMAGE", "WORKLOAD", "ARGUMENTS", "PORTS"], rows, terminalWidth());
}

function conflict(): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway mock" },
      what: "what is only listed cannot be loaded",
      fix: "leave out --list or --load",
    },
  ]);
}
