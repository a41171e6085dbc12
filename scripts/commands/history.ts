import { InvalidArgumentError } from "commander";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import { addonPath, appPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Subject } from "../../synth/model/release.ts";
import { isoTime } from "../../synth/release/refusals.ts";
import { refuseShallow } from "../git/repository.ts";
import { pinText } from "../output/pin-text.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import { releaseHistory } from "../promotion/history.ts";
import type { PastRelease } from "../promotion/history.ts";
import { routeOf } from "../promotion/subjects.ts";
import { short } from "../promotion/text.ts";
import { loadFleet, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";
import { subjectNamed, withSubject } from "./subject-argument.ts";

interface Options {
  readonly addon?: true;
  readonly limit: number;
  readonly json?: true;
}

/** `slipway history`: the releases of one environment, from git. */
export const historyCommand: DefineCommand = (program) => {
  withSubject(program.command("history"))
    .description("List the releases that an environment has had, newest first, from git.")
    .option("--limit <number>", "how many", positive, 20)
    .option("--json", "print the result as JSON")
    .addHelpText("after", "\nExample:\n  npm run slipway -- history voice-agent-studio prod")
    .action(async (name: string, step: string, options: Options) => {
      const subject = subjectNamed(name, step, options);
      const { steps } = routeOf(await loadFleet(), subject.of, name);
      const history = await releaseHistory(root, "HEAD", subject, options.limit);
      if (history.length === 0 && steps.length > 0 && !steps.includes(step)) throw noStep(subject, steps);
      await refuseShallow(root);
      if (options.json) console.log(JSON.stringify(history));
      else if (history.length === 0) console.log(`${name} ${step} has had no release`);
      else for (const line of lines(history)) console.log(line);
    });
};

function positive(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("write a number from 1 on");
}

/** One that was given up keeps its history; one that never was is misspelt. */
function noStep({ of, name, step }: Subject, steps: readonly string[]): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: of === "app" ? appPath(name) : addonPath(name) },
      what: `${name} has no step ${step}, and never had`,
      fix: didYouMean(step, steps, `name one of: ${steps.join(", ")}`),
    },
  ]);
}

function lines(history: readonly PastRelease[]): readonly string[] {
  return tableLines(
    ["MERGED", "COMMIT", "KIND", "REVISION", "IMAGES", "WHO", "WHY"],
    history.map(({ commit, at, release: { images, frozen } }) => [
      isoTime(at),
      short(commit),
      frozen ? frozen.kind + (frozen.from === undefined ? "" : ` from ${frozen.from}`) : "-",
      frozen ? short(frozen.revision) : "main",
      Object.entries(images)
        .map(([name, pin]) => `${name} ${pinText(pin)}`)
        .join(", ") || "-",
      frozen?.who.replace(/ <.*$/, "") ?? "-",
      frozen?.why ?? "-",
    ]),
    terminalWidth(),
  );
}
