import { Command, CommanderError } from "commander";
import { ProblemsError } from "../synth/model/problem.ts";
import { commands } from "./commands/commands.ts";
import { exitCodes } from "./exit-codes.ts";
import type { ExitCode } from "./exit-codes.ts";
import { tolerateClosedPipes } from "./output/closed-pipe.ts";
import { printProblems } from "./output/problems.ts";
import { refuseSwallowedFlags } from "./swallowed-flags.ts";

/** Runs the command that the arguments name, and returns the process's exit code. Without arguments: the help. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  tolerateClosedPipes();
  let result: ExitCode = exitCodes.clean;
  const program = new Command("slipway")
    .description("Renders typed clusters, add-ons and apps into dist, which Argo CD or Flux reconciles.")
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("slipway --help lists the commands")
    .configureHelp({ sortSubcommands: true });
  for (const define of commands) {
    define(program, (code) => {
      result = code;
    });
  }
  hintUsage(program, "slipway");
  let json = false;
  program.hook("preAction", (_program, command) => {
    json = command.getOptionValue("json") === true;
  });
  if (args.length === 0) {
    program.outputHelp();
    return exitCodes.clean;
  }
  try {
    refuseSwallowedFlags(args, process.env);
    await program.parseAsync([...args], { from: "user" });
    return result;
  } catch (error) {
    if (error instanceof ProblemsError) {
      if (json) console.log(JSON.stringify({ problems: error.problems }));
      else printProblems(error.problems);
      return exitCodes.failed;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.failed;
    throw error;
  }
}

/** After an error in its arguments, each command says how it is used. */
function hintUsage(parent: Command, path: string): void {
  for (const command of parent.commands) {
    const name = `${path} ${command.name()}`;
    command.showHelpAfterError(`usage: ${name} ${command.usage()}\nhelp:  ${name} --help`);
    command.configureOutput({ outputError: (text, write) => write(withUnknownFlag(command, text)) });
    hintUsage(command, name);
  }
}

/** A flag that is missing is often one that is misspelt, which commander would look at only afterwards. */
function withUnknownFlag({ args }: Command, text: string): string {
  const unknown = args.find((argument) => argument.startsWith("-"));
  if (unknown === undefined || !text.startsWith("error: required option")) return text;
  return text.replace("error: ", `error: unknown option '${unknown}', and `);
}
