import { InvalidArgumentError } from "commander";
import { ProblemsError } from "../../synth/model/problem.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { LiveCluster } from "../status/live/look-at-clusters.ts";
import { loadFleet, root } from "../workspace.ts";
import type { LiveOptions } from "../dashboard/live-status.ts";
import { terminalWidth } from "../output/table.ts";
import type { DefineCommand } from "./command.ts";
import { portNumber } from "./port-number.ts";

interface Options extends LiveOptions {
  readonly live?: true;
  readonly days?: number;
  readonly html?: string;
}

/** `slipway status`: what every environment runs, by the repository; or what a live cluster makes of it. */
export const statusCommand: DefineCommand = (program, finish) => {
  program
    .command("status")
    .description(
      "Show what every environment runs and how far it is behind, and what live clusters make of dist.",
    )
    .option("--days <number>", "days that the delivery figures are of; default: 90", positive)
    .option("--html <file>", "write the fleet's page: clusters, versions, capacity, order, waivers")
    .option("--json", "print the result as JSON")
    .option(
      "--live",
      "ask clusters, too: those of the fleet that kubectl knows or that run here; or the one that is named",
    )
    .option("--cluster <name>", "look at all parts of one cluster that was started on this machine")
    .option("--kubeconfig <path>", "look at all parts of the cluster of this kubeconfig")
    .option("--serve", "serve a page, to this machine only, that changes as the cluster does")
    .option("--port <number>", "port of the page; default: any that is free", portNumber)
    .addHelpText(
      "after",
      `
Without --live it reads the repository alone; open promotions are those that the last git fetch brought. With --live it
exits with 0 if every cluster is reached, and every part synced and healthy, and with 2 if one is not.

Examples:
  npm run slipway -- status
  npm run slipway -- status --html fleet.html
  npm run slipway -- status --live
  npm run slipway -- status --live --kubeconfig ~/.kube/config --json
  npm run slipway -- status --live --cluster local --serve`,
    )
    .action(async (options: Options) => {
      refuseConflicts(options);
      if (options.live !== true || !isOfOneCluster(options)) return finish(await fleetStatus(options));
      // A client of Kubernetes is slow to load, and most looks need none.
      const { liveStatus } = await import("../dashboard/live-status.ts");
      return finish(await liveStatus(options));
    });
};

/** Whether all of one cluster is looked at, and not each environment of the fleet. */
function isOfOneCluster({ cluster, kubeconfig, serve }: Options): boolean {
  return cluster !== undefined || kubeconfig !== undefined || serve === true;
}

async function fleetStatus({ days = 90, html, json, live }: Options): Promise<ExitCode> {
  const { gatherStatus } = await import("../status/gather.ts");
  // First: where there is no cluster to ask, nothing else is worth the wait.
  const clusters = live && (await liveClusters());
  const known = await gatherStatus(days);
  const { isAllSettled, withLive } = await import("../status/live/live-placement.ts");
  const status =
    clusters === undefined
      ? known
      : { ...known, environments: withLive(known.environments, clusters), live: clusters };
  if (html !== undefined) {
    const { statusPage } = await import("../status/page/page.ts");
    const { writePage } = await import("../status/write-page.ts");
    writePage(html, statusPage(status));
  }
  const { statusLines } = await import("../status/status-lines.ts");
  if (json) console.log(JSON.stringify(status));
  else if (html === undefined) console.log(statusLines(status, terminalWidth()).join("\n"));
  else console.log(`wrote ${html}`);
  return isAllSettled(clusters ?? []) ? exitCodes.clean : exitCodes.differs;
}

async function liveClusters(): Promise<readonly LiveCluster[]> {
  const { knownClusters } = await import("../status/live/known-clusters.ts");
  const { lookAtClusters } = await import("../status/live/look-at-clusters.ts");
  const names = (await loadFleet()).clusters.map(({ name }) => name);
  return lookAtClusters(names, knownClusters(names, root));
}

function positive(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("write a number of days, such as 90");
}

function refuseConflicts(options: Options): void {
  const { live, days, html, cluster, kubeconfig, serve, json, port } = options;
  const ofCluster = { "--cluster": cluster, "--kubeconfig": kubeconfig, "--serve": serve, "--port": port };
  const ofRepository = { "--days": days, "--html": html };
  if (!live) {
    const flag = firstSet(ofCluster);
    if (flag !== undefined) {
      throw usage(`${flag} is for a look at a cluster`, "add --live, or leave out the flag");
    }
  } else if (isOfOneCluster(options)) {
    const flag = firstSet(ofRepository);
    if (flag !== undefined) {
      throw usage(
        `${flag} is for a look at the fleet`,
        "leave out --cluster, --kubeconfig and --serve, or the flag",
      );
    }
  }
  if (serve && json) throw usage("a page is not JSON", "leave out --serve or --json");
  if (!serve && port !== undefined) throw usage("only a page has a port", "add --serve, or leave out --port");
}

function firstSet(flags: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(flags).find((flag) => flags[flag] !== undefined);
}

function usage(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "command line" }, what, fix }]);
}
