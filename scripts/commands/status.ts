import { InvalidArgumentError } from "commander";
import { terminalWidth } from "../output/table.ts";
import { gatherStatus } from "../status/gather.ts";
import { statusPage } from "../status/page/page.ts";
import { statusLines } from "../status/status-lines.ts";
import { writePage } from "../status/write-page.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly days: number;
  readonly html?: string;
  readonly json?: true;
}

/** `slipway status`: what every environment runs, and how far it is behind. */
export const statusCommand: DefineCommand = (program) => {
  program
    .command("status")
    .description("Show what every environment runs, how far it is behind, and how releases fare.")
    .option("--days <number>", "days that the delivery figures are of", positive, 90)
    .option("--html <file>", "write the fleet's page: clusters, versions, capacity, order, waivers")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Reads the repository alone; open promotions are those that the last git fetch brought.

Examples:
  npm run slipway -- status
  npm run slipway -- status --html fleet.html
  npm run slipway -- status --days 30 --json`,
    )
    .action(async ({ days, html, json }: Options) => {
      const status = await gatherStatus(days);
      if (html !== undefined) writePage(html, statusPage(status));
      if (json) console.log(JSON.stringify(status));
      else if (html === undefined) console.log(statusLines(status, terminalWidth()).join("\n"));
      else console.log(`wrote ${html}`);
    });
};

function positive(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("write a number of days, such as 90");
}
