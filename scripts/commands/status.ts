import { InvalidArgumentError } from "commander";
import { ProblemsError } from "../../synth/model/problem.ts";
import { chooseKubeconfig } from "../dashboard/choose-kubeconfig.ts";
import { look } from "../dashboard/look.ts";
import { isSettled } from "../dashboard/model.ts";
import type { Picture } from "../dashboard/model.ts";
import { serveStatus } from "../dashboard/serve.ts";
import { statusLines } from "../dashboard/status-lines.ts";
import { exitCodes } from "../exit-codes.ts";
import { KubernetesError } from "../kubernetes/client.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { terminalWidth } from "../output/table.ts";
import { root } from "../root.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly live: true;
  readonly cluster?: string;
  readonly kubeconfig?: string;
  readonly json?: true;
  readonly serve?: true;
  readonly port?: number;
}

/** `slipway status --live`: what a cluster makes of its part of dist. */
export const statusCommand: DefineCommand = (program, finish) => {
  program
    .command("status")
    .description("Show what a live cluster makes of dist: sync, health and errors of each part.")
    .requiredOption("--live", "ask the cluster")
    .option("--cluster <name>", "a cluster started on this machine; default: the only one, or kubectl's own")
    .option("--kubeconfig <path>", "kubeconfig of the cluster")
    .option("--json", "print the result as JSON")
    .option("--serve", "serve a page, to this machine only, that changes as the cluster does")
    .option("--port <number>", "port of the page; default: any that is free", portNumber)
    .addHelpText(
      "after",
      `
Exits with 0 if every part is synced and healthy, and with 2 if one is not.

Examples:
  npm run slipway -- status --live
  npm run slipway -- status --live --kubeconfig ~/.kube/config --json
  npm run slipway -- status --live --cluster local --serve`,
    )
    .action(async (options: Options) => {
      refuseConflicts(options);
      const chosen = chooseKubeconfig(options, root);
      if (options.serve) {
        await serveStatus(chosen, options.port ?? 0, interruption(), (line) => console.log(line));
        return;
      }
      const picture = await pictureOf(chosen);
      if (options.json) console.log(JSON.stringify(picture));
      else console.log(statusLines(picture, terminalWidth()).join("\n"));
      finish(picture.parts.every(isSettled) ? exitCodes.clean : exitCodes.differs);
    });
};

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("a port is a number up to 65535");
}

function refuseConflicts({ serve, json, port }: Options): void {
  if (serve && json) throw usage("a page is not JSON", "leave out --serve or --json");
  if (!serve && port !== undefined) throw usage("only a page has a port", "add --serve, or leave out --port");
}

async function pictureOf({ name, kubeconfig }: { name: string; kubeconfig: string }): Promise<Picture> {
  const client = await connectKubernetes(kubeconfig);
  try {
    const board = await look(client);
    return { cluster: name, reachable: true, parts: board.parts() };
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw new ProblemsError([
      {
        rule: "cluster-unreachable",
        at: { definition: kubeconfig, cluster: name },
        what: `the API server does not tell its state: ${error.message}`,
        fix: "see that the cluster runs, and that the kubeconfig lets you read its Applications or Kustomizations",
      },
    ]);
  } finally {
    client.close();
  }
}

/** Aborted when the user, or the system, wants the command to end. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function usage(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "command line" }, what, fix }]);
}
