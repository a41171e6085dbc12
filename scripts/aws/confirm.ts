import { createInterface } from "node:readline/promises";
import { ProblemsError } from "../../synth/model/problem.ts";

/**
 * A question to whoever sits at the terminal. With `--yes` nobody is asked; without a terminal nobody can be, and nothing
 * happens.
 */
export function confirmation(cluster: string, yes: boolean): (question: string) => Promise<void> {
  return async (question) => {
    if (yes) return;
    if (!process.stdin.isTTY) {
      throw declined(
        cluster,
        `nobody is there to ask: ${question}`,
        "look at what is shown above, then run it again with --yes",
      );
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C and Ctrl-D are no answer.
    const answer = await terminal.question(`${question} (yes/no) `).catch(() => "");
    terminal.close();
    if (answer.trim() !== "yes") {
      throw declined(cluster, `not confirmed: ${question}`, "run the command again, and answer yes");
    }
  };
}

function declined(cluster: string, what: string, fix: string): ProblemsError {
  return new ProblemsError([
    { rule: "aws-confirm", at: { definition: `aws ${cluster}`, cluster }, what, fix },
  ]);
}
