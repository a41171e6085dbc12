import { Option } from "commander";
import { chooseClusters } from "../choose-clusters.ts";
import { providerNames } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { loadFleet } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";
import { portNumber } from "./port-number.ts";

interface Options {
  readonly provider?: ProviderName;
  readonly port?: number;
  readonly image?: readonly string[];
  readonly rm?: true;
}

/** `slipway up`: from nothing to a running cluster that follows the definitions. */
export const upCommand: DefineCommand = (program) => {
  program
    .command("up")
    .description("Run a cluster on this machine, with URLs that answer, and let it follow the definitions.")
    .argument("[cluster]", "the definition it is shaped like", "local")
    .addOption(
      new Option(
        "--provider <name>",
        "embedded: simulated nodes, and mocks of apps as processes; kind: real nodes; default: kind where a container engine answers",
      ).choices(providerNames),
    )
    .option(
      "--port <number>",
      "embedded only: port of the URLs; default: 8080, or the next free one",
      portNumber,
    )
    .option(
      "--image <image=built...>",
      "kind only: an image that was built on this machine, for one that an app declares; default: mocks",
    )
    .option("--rm", "take the cluster down again at the end")
    .addHelpText(
      "after",
      `
Ctrl-C ends the watch, and the URLs with it; the cluster stays as it is, and the next up goes on with it. docs/local.md
tells more.

Examples:
  npm run slipway -- up
  npm run slipway -- up --provider embedded --rm
  npm run slipway -- up --image app=voice-agent-studio:mine`,
    )
    .action(async (name: string, { rm, ...options }: Options) => {
      const fleet = await loadFleet();
      const [cluster] = chooseClusters(fleet, [name]);
      if (cluster === undefined) throw new Error(`no cluster ${name}`);
      // They bring a client of Kubernetes, which is slow to load.
      const { up } = await import("../local/up.ts");
      await up({ fleet, cluster, ...options, say: (line) => console.log(line), interruption });
      if (rm !== true) return;
      const { takeDown } = await import("../local/take-down.ts");
      await takeDown(name);
      console.log(`${name} is down`);
    });
};

/** Aborted when the user, or the system, wants the command to end. */
function interruption(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => ending.abort());
  return ending.signal;
}
