import { exitCodes } from "../../exit-codes.ts";
import { subcommand, withCluster } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

interface Options extends AwsOptions {
  readonly check?: true;
}

/** `slipway aws outputs` */
export const outputsCommand: DefineAwsCommand = (aws, finish) => {
  subcommand(aws, {
    name: "outputs",
    description: "Write what the stacks say of a cluster into its facts, and into what is frozen with them.",
    examples: ["outputs attractor-factory", "outputs attractor-factory --check"],
  })
    .option("--check", "write nothing; exit 2 if the facts are not what the stacks say")
    .action(async (cluster: string, options: Options) => {
      const { compareFacts, writeFacts } = await import("../../aws/outputs.ts");
      const { refreshedLine, refreshFacts } = await import("../../promotion/refresh-facts.ts");
      const writes = options.check !== true && options.dryRun !== true;
      const { path, lines, refreshed } = await withCluster(cluster, options, async (session) => {
        const found = await compareFacts(session);
        if (writes && found.lines.length > 0) writeFacts(found);
        const { content: facts } = found;
        const releases = options.check ? [] : await refreshFacts(cluster, { facts, dryRun: !writes });
        return { ...found, refreshed: releases };
      });
      for (const line of [...lines, ...refreshed.map(refreshedLine)]) console.log(line);
      if (lines.length === 0) console.log(`${path} is what the stacks say`);
      else if (writes) console.log(`${path} is written; npm run synth, and commit all that is new`);
      if (options.check && lines.length > 0) finish(exitCodes.differs);
    });
};
