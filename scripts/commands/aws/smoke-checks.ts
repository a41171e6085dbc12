import { InvalidArgumentError } from "commander";
import type { Address } from "../../aws/smoke/ask.ts";
import { loadFleet } from "../../workspace.ts";
import { say, wait } from "./subcommand.ts";
import type { DefineAwsCommand } from "./subcommand.ts";

interface Options {
  readonly at?: Address;
  readonly wait: number;
  readonly dryRun?: true;
}

/** `slipway aws smoke-checks` */
export const smokeChecksCommand: DefineAwsCommand = (aws) => {
  aws
    .command("smoke-checks")
    .description("Ask the hosts of a cluster for their pages: health, paths, way to https, certificate.")
    .argument("<cluster>")
    .argument("[placement...]", "names of placements, <app>-<environment>; default: all of the cluster")
    .option(
      "--at <address>",
      "connect there and not where the names lead; <address>[:<https>[:<http>]]",
      addressOf,
    )
    .option("--dry-run", "print what would be asked for, and ask nobody")
    .option(...wait(0))
    .addHelpText(
      "after",
      `
It asks as any visitor would, and needs no credentials.

Examples:
  npm run slipway -- aws smoke-checks attractor-factory
  npm run slipway -- aws smoke-checks attractor-factory --at k8s-factory-0123456789.us-west-2.elb.amazonaws.com`,
    )
    .action(
      async (name: string, placements: readonly string[], { at, wait: waitMinutes, dryRun }: Options) => {
        const { checkHosts, planHosts } = await import("../../aws/smoke-checks.ts");
        const { renderCluster } = await import("../../aws/rendered.ts");
        const { eksCluster } = await import("../../aws/target.ts");
        const fleet = await loadFleet();
        const rendered = await renderCluster(fleet, eksCluster(fleet, name));
        if (dryRun)
          return console.log(`${planHosts(rendered, say, placements)} pages of ${name} would be asked for`);
        const count = await checkHosts(rendered, say, { waitMinutes, placements, ...(at && { at }) });
        console.log(`${count} pages of ${name} answer as they should`);
      },
    );
};

function addressOf(text: string): Address {
  const [, address, https = "443", http = "80"] =
    /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (address === undefined)
    throw new InvalidArgumentError("give a name or an address, with ports after colons");
  return { address, https: Number(https), http: Number(http) };
}
