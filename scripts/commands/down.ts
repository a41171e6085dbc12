import type { DefineCommand } from "./command.ts";

/** `slipway down`: ends what `up` started. */
export const downCommand: DefineCommand = (program) => {
  program
    .command("down")
    .description("End a cluster of this machine, and the up that watches it: nothing of them is left.")
    .argument("[name]", "as it is called here", "local")
    .addHelpText("after", "\nExamples:\n  npm run slipway -- down")
    .action(async (name: string) => {
      const { takeDown } = await import("../local/take-down.ts");
      console.log((await takeDown(name)) ? `${name} is down` : `${name} did not run`);
    });
};
