import { styleText } from "node:util";
import { releasePath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { isSameSubject, subjectOwner, subjectPath } from "../../synth/model/release.ts";
import type { Subject } from "../../synth/model/release.ts";
import { exitCodes } from "../exit-codes.ts";
import { remoteUrl } from "../git/repository.ts";
import { reproduce, withReproduced, writeDist } from "../promotion/reproduce.ts";
import type { FrozenRelease, Reproduced } from "../promotion/reproduce.ts";
import { frozenSubjects } from "../promotion/subjects.ts";
import { short } from "../promotion/text.ts";
import { readTree, recover, refuseInterrupted } from "../tree/tree.ts";
import { distPath, readInputs, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly addon?: true;
  readonly write?: true;
  readonly remote: string;
  readonly json?: true;
}

/** `slipway reproduce`: renders frozen slices again from their revisions, and compares. */
export const reproduceCommand: DefineCommand = (program, finish) => {
  program
    .command("reproduce")
    .description("Render frozen slices again from their revisions; exit 2 if a byte differs.")
    .argument("[name]", "only this app; this add-on with --addon")
    .argument("[step]", "only this environment; this group of clusters with --addon")
    .option("--addon", "the name is an add-on's")
    .option("--write", "put what was rendered into dist, where it is what the release names")
    .option("--remote <name>", "where to fetch revisions that are not here", "origin")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- reproduce
  npm run slipway -- reproduce voice-agent-studio prod
  npm run slipway -- reproduce voice-agent-studio prod --write`,
    )
    .action(async (name: string | undefined, step: string | undefined, options: Options) => {
      if (options.write) recover(distPath);
      else refuseInterrupted(distPath);
      const dist = readTree(distPath);
      const releases = chosen(readInputs(dist), name, step, options.addon ? "addon" : "app");
      const remote = (await remoteUrl(root, options.remote)) === undefined ? undefined : options.remote;
      const results = await reproduce(root, releases, dist, remote);
      if (options.write) {
        const same = results.filter(({ isSame }) => isSame);
        writeDist(dist, withReproduced(dist, same));
      }
      if (options.json) console.log(JSON.stringify(results.map(({ files: _files, ...result }) => result)));
      else for (const result of results) console.log(line(result, options.write === true));
      if (results.length === 0 && !options.json) console.log("nothing is frozen");
      const differs = results.some((result) => !isReproduced(result, options.write === true));
      finish(differs ? exitCodes.differs : exitCodes.clean);
    });
};

function chosen(
  inputs: ReturnType<typeof readInputs>,
  name: string | undefined,
  step: string | undefined,
  of: Subject["of"],
): readonly FrozenRelease[] {
  const all = frozenSubjects(inputs).flatMap(({ subject, release: { images, frozen } }): FrozenRelease[] =>
    frozen === undefined ? [] : [{ subject, release: { images, frozen } }],
  );
  if (name === undefined) return all;
  const some = all.filter(({ subject }) =>
    step === undefined
      ? subject.of === of && subject.name === name
      : isSameSubject(subject, { of, name, step }),
  );
  if (some.length > 0) return some;
  throw new ProblemsError([
    {
      rule: "usage",
      at: { definition: step === undefined ? releasePath(name, "*") : subjectPath({ of, name, step }) },
      what: `${[name, step].join(" ").trim()} has no frozen release`,
      fix: `name one of: ${all.map(({ subject }) => `${subject.name} ${subject.step}`).join(", ") || "none is there yet"}`,
    },
  ]);
}

function isReproduced({ isSame, firstDifference }: Reproduced, wasWritten: boolean): boolean {
  return isSame && (wasWritten || firstDifference === null);
}

function line(result: Reproduced, wasWritten: boolean): string {
  const { subject, cluster, revision, isSame, firstDifference } = result;
  const what = `${subjectOwner(subject)} on ${cluster}, from ${short(revision)}`;
  if (!isSame) {
    return `${styleText("red", "✗")} ${what}: the revision gives other bytes than the release names (${firstDifference ?? "dist has them, too"})`;
  }
  if (firstDifference === null) return `${styleText("green", "✓")} ${what}: the same bytes`;
  return wasWritten
    ? `${styleText("green", "✓")} ${what}: put back, ${firstDifference} first`
    : `${styleText("red", "✗")} ${what}: dist differs, first in ${firstDifference}`;
}
