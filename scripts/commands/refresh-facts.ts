import type { Command } from "commander";
import { factsPath } from "../../synth/model/paths.ts";
import { chooseClusters } from "../choose-clusters.ts";
import { refreshedLine, refreshFacts } from "../promotion/refresh-facts.ts";
import { loadFleet } from "../workspace.ts";
import { reason } from "./reason.ts";

interface Options {
  readonly why?: string;
  readonly dryRun?: true;
  readonly remote: string;
  readonly json?: true;
}

/** `slipway release refresh-facts`: what is frozen gets what AWS says by now, and nothing else. */
export function defineRefreshFacts(release: Command): void {
  release
    .command("refresh-facts")
    .description(
      "Render the frozen releases of a cluster once more from their own revisions, with its facts of now.",
    )
    .argument("<cluster>", "whose facts have changed")
    .option("--why <text>", "reason, for the releases", reason)
    .option("--dry-run", "say which releases would be new, and write nothing")
    .option("--remote <name>", "where to fetch revisions that are not here", "origin")
    .option("--json", "print the result as JSON")
    .addHelpText("after", "\nExample:\n  npm run slipway -- release refresh-facts attractor-factory")
    .action(async (name: string, { json, ...options }: Options) => {
      const [cluster] = chooseClusters(await loadFleet(), [name]);
      if (cluster === undefined) return;
      const refreshed = await refreshFacts(cluster.name, options);
      const isDry = options.dryRun === true;
      if (json) {
        const told = refreshed.map(({ subject, release: { frozen } }) => ({ ...subject, ...frozen }));
        console.log(JSON.stringify(told));
        return;
      }
      for (const each of refreshed) console.log(refreshedLine(each));
      if (refreshed.length === 0) console.log(`every release on ${name} holds what ${factsPath(name)} says`);
      else console.log(isDry ? "dry run: nothing was written" : "render the rest, and commit: npm run synth");
    });
}
