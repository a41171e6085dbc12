import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { ExitCode } from "../../exit-codes.ts";
import type { Session, SessionOptions } from "../../aws/session.ts";

/** What commands that reach into the cluster may be told too. */
export interface AwsOptions extends SessionOptions {
  readonly kubeconfig?: string;
  /** Minutes. */
  readonly wait: number;
}

/** Adds one command below `aws`. */
export type DefineAwsCommand = (aws: Command, finish: (code: ExitCode) => void) => void;

interface Subcommand {
  readonly name: string;
  readonly description: string;
  /** After `npm run slipway -- aws `. */
  readonly examples: readonly string[];
}

/** A command about one cluster, with what all of them may be told. */
export function subcommand(aws: Command, { name, description, examples }: Subcommand): Command {
  return aws
    .command(name)
    .description(description)
    .argument("<cluster>")
    .option("--no-profile", "use the credentials of the environment, not the definition's profile")
    .option("--dry-run", "print what would be done, and do nothing")
    .addHelpText(
      "after",
      ["", "Examples:", ...examples.map((line) => `  npm run slipway -- aws ${line}`)].join("\n"),
    );
}

export const yes = ["--yes", "do not ask before something is changed"] as const;

export const allow = [
  "--allow <stack/id...>",
  "let these be replaced or removed, although they carry the cluster or hold data",
] as const;

export const kubeconfig = [
  "--kubeconfig <path>",
  "reach the cluster by this, not by what EKS gives",
] as const;

/** An option for how long to wait for the cluster, in minutes. */
export const wait = (minutes: number) =>
  ["--wait <minutes>", "how long to wait for the cluster", wholeNumber, minutes] as const;

function wholeNumber(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("give whole minutes");
}

/** Progress goes to standard error, so that standard output holds the result alone. */
export function say(line: string): void {
  console.error(line);
}

/** Runs `work` on the cluster; what that needs is loaded now, and for no other command. */
export async function withCluster<Result>(
  cluster: string,
  options: SessionOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { withSession } = await import("../../aws/session.ts");
  return withSession(cluster, options, say, work);
}
