import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeowners } from "../../synth/release/codeowners.ts";
import { exitCodes } from "../exit-codes.ts";
import { writeWhole } from "../whole-file.ts";
import { loadFleet, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly check?: true;
}

const file = "CODEOWNERS";

/** `slipway codeowners`: approvers of the promotion policies → CODEOWNERS. */
export const codeownersCommand: DefineCommand = (program, finish) => {
  program
    .command("codeowners")
    .description("Write who approves promotions into CODEOWNERS, for the forge to ask them.")
    .option("--check", "write nothing; exit 2 if the file is not what the policies say")
    .addHelpText("after", "\nExample:\n  npm run slipway -- codeowners --check")
    .action(async ({ check }: Options) => {
      const path = join(root, file);
      const current = existsSync(path) ? readFileSync(path, "utf8") : "";
      const wanted = codeowners(await loadFleet(), current);
      if (wanted === current) {
        console.log(`${file} is in step`);
        return;
      }
      if (check) {
        console.error(`${file} is not what the promotion policies say\n  fix  npm run slipway -- codeowners`);
        finish(exitCodes.differs);
        return;
      }
      writeWhole(path, wanted);
      console.log(`wrote ${file}`);
    });
};
