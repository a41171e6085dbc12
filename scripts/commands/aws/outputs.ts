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
    description: "Write what the stacks say of a cluster into its facts.",
    examples: ["outputs attractor-factory", "outputs attractor-factory --check"],
  })
    .option("--check", "write nothing; exit 2 if the facts are not what the stacks say")
    .action(async (cluster: string, options: Options) => {
      const { compareFacts, writeFacts } = await import("../../aws/outputs.ts");
      const writes = options.check !== true && options.dryRun !== true;
      const { path, lines } = await withCluster(cluster, options, async (session) => {
        const found = await compareFacts(session);
        if (writes && found.lines.length > 0) writeFacts(found);
        return found;
      });
      for (const line of lines) console.log(line);
      if (lines.length === 0) console.log(`${path} is what the stacks say`);
      else if (writes) console.log(`${path} is written; npm run synth, and commit both`);
      if (options.check && lines.length > 0) finish(exitCodes.differs);
    });
};
