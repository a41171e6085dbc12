import { DistTree } from "../../synth/changes/dist-tree.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import { whereIs } from "../status/where.ts";
import { readTree, refuseInterrupted } from "../tree/tree.ts";
import { distPath } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly json?: true;
}

/** `slipway where`: who runs an image, a chart, a version or an object. */
export const whereCommand: DefineCommand = (program) => {
  program
    .command("where")
    .description("Say who runs an image, a chart, a version or an object, in all of dist.")
    .argument(
      "<what>",
      "part of an image or chart with its version, as redis:7.4; or an object, as Deployment/web",
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- where postgres:17
  npm run slipway -- where keda@2.20.2
  npm run slipway -- where Deployment/factory-api --json`,
    )
    .action((what: string, { json }: Options) => {
      refuseInterrupted(distPath);
      const found = whereIs(new DistTree(readTree(distPath)), what);
      if (json) console.log(JSON.stringify(found));
      else if (found.length === 0) console.log(`nothing in dist runs ${what}, and no object has that name`);
      else {
        const rows = found.map(({ runs, owner, environment, cluster, namespace, object, path }) => [
          runs ?? object,
          cluster,
          environment === null ? owner : `${owner} ${environment}`,
          runs === null ? "-" : object,
          namespace ?? "-",
          path,
        ]);
        console.log(
          tableLines(["WHAT", "CLUSTER", "OWNER", "IN", "NAMESPACE", "FILE"], rows, terminalWidth()).join(
            "\n",
          ),
        );
      }
    });
};
