import { ProblemsError } from "../../synth/model/problem.ts";
import { runProgram } from "../process/run-program.ts";
import type { Forge, RunForge } from "./forge.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { plainGit } from "./plain-git.ts";

export const forgeNames = ["github", "gitlab", "git"] as const;
export type ForgeName = (typeof forgeNames)[number];

/** Milliseconds that a forge may take for one answer: its own command line tries again by itself. */
const patience = 60_000;

/**
 * The forge of a remote: by name, or told by the host of its address.
 *
 * @param milliseconds that it may take for one answer. Default: 60 000
 */
export function forgeOf(
  root: string,
  url: string,
  name: ForgeName = guess(url),
  milliseconds: number = patience,
): Forge {
  const makers: Readonly<Record<ForgeName, () => Forge>> = {
    github: () => github(runner(root, "gh", milliseconds)),
    gitlab: () => gitlab(runner(root, "glab", milliseconds)),
    git: () => plainGit(url),
  };
  return makers[name]();
}

function guess(url: string): ForgeName {
  const host = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)[:/]/.exec(url)?.[1] ?? "";
  if (/(?:^|\.)github\./.test(host)) return "github";
  return /(?:^|\.)gitlab\./.test(host) ? "gitlab" : "git";
}

function runner(root: string, program: "gh" | "glab", milliseconds: number): RunForge {
  return async (args, doing) => {
    const ran = await runProgram(program, args, { cwd: root, milliseconds });
    if (ran.ok) return ran.stdout;
    throw new ProblemsError([
      {
        rule: "forge",
        at: { definition: program },
        what: `${doing}: ${ran.reason}`,
        fix: `what is pushed stays as it is; run the command again, which goes on from there (${program} auth status tells whether ${program} may)`,
      },
    ]);
  };
}
