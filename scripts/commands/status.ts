import { InvalidArgumentError } from "commander";
import { ProblemsError } from "../../synth/model/problem.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { LiveOptions } from "../dashboard/live-status.ts";
import { terminalWidth } from "../output/table.ts";
import type { DefineCommand } from "./command.ts";

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
      "Show what every environment runs and how far it is behind; or what a live cluster makes of dist.",
    )
    .option("--days <number>", "days that the delivery figures are of; default: 90", positive)
    .option("--html <file>", "write the fleet's page: clusters, versions, capacity, order, waivers")
    .option("--json", "print the result as JSON")
    .option("--live", "ask a cluster instead: sync, health and errors of each part")
    .option("--cluster <name>", "a cluster started on this machine; default: the only one, or kubectl's own")
    .option("--kubeconfig <path>", "kubeconfig of the cluster")
    .option("--serve", "serve a page, to this machine only, that changes as the cluster does")
    .option("--port <number>", "port of the page; default: any that is free", portNumber)
    .addHelpText(
      "after",
      `
Without --live it reads the repository alone; open promotions are those that the last git fetch brought. With --live it
exits with 0 if every part is synced and healthy, and with 2 if one is not.

Examples:
  npm run slipway -- status
  npm run slipway -- status --html fleet.html
  npm run slipway -- status --live
  npm run slipway -- status --live --kubeconfig ~/.kube/config --json
  npm run slipway -- status --live --cluster local --serve`,
    )
    .action(async (options: Options) => {
      refuseConflicts(options);
      if (options.live !== true) return finish(await fleetStatus(options));
      // A client of Kubernetes is slow to load, and most looks need none.
      const { liveStatus } = await import("../dashboard/live-status.ts");
      return finish(await liveStatus(options));
    });
};

async function fleetStatus({ days = 90, html, json }: Options): Promise<ExitCode> {
  const { gatherStatus } = await import("../status/gather.ts");
  const status = await gatherStatus(days);
  if (html !== undefined) {
    const { statusPage } = await import("../status/page/page.ts");
    const { writePage } = await import("../status/write-page.ts");
    writePage(html, statusPage(status));
  }
  const { statusLines } = await import("../status/status-lines.ts");
  if (json) console.log(JSON.stringify(status));
  else if (html === undefined) console.log(statusLines(status, terminalWidth()).join("\n"));
  else console.log(`wrote ${html}`);
  return exitCodes.clean;
}

function positive(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("write a number of days, such as 90");
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("a port is a number up to 65535");
}

function refuseConflicts({ live, days, html, cluster, kubeconfig, serve, json, port }: Options): void {
  const ofCluster = { "--cluster": cluster, "--kubeconfig": kubeconfig, "--serve": serve, "--port": port };
  const ofRepository = { "--days": days, "--html": html };
  const misplaced = Object.entries(live ? ofRepository : ofCluster).find(([, value]) => value !== undefined);
  if (misplaced !== undefined) {
    const [flag] = misplaced;
    throw live
      ? usage(`${flag} is for a look at the repository`, "leave out --live, or the flag")
      : usage(`${flag} is for a look at a cluster`, "add --live, or leave out the flag");
  }
  if (serve && json) throw usage("a page is not JSON", "leave out --serve or --json");
  if (!serve && port !== undefined) throw usage("only a page has a port", "add --serve, or leave out --port");
}

function usage(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "command line" }, what, fix }]);
}
