import * as v from "valibot";
import { $ } from "zx/core";
import { ProblemsError } from "../../synth/model/problem.ts";
import { failureProblem } from "./failures.ts";
import type { AwsFailure } from "./failures.ts";
import type { AwsTarget } from "./target.ts";

/** AWS's own command line, told for every call which profile and region it is about. */
export interface Aws {
  readonly target: AwsTarget;
  /**
   * Runs a command, such as `["sts", "get-caller-identity"]`, and returns what it prints, held against the schema.
   *
   * @throws ProblemsError that says what AWS refused, and what to do about it
   */
  readonly ask: <T>(schema: v.GenericSchema<unknown, T>, args: readonly string[]) => Promise<T>;
  /** As `ask`, for a command whose answer nobody reads. */
  readonly tell: (args: readonly string[]) => Promise<void>;
  /** As `ask`, with the failure as a result: for one that is expected, such as that something is not there yet. */
  readonly attempt: <T>(
    schema: v.GenericSchema<unknown, T>,
    args: readonly string[],
  ) => Promise<{ readonly value: T } | { readonly failure: AwsFailure }>;
  /** The text that a command prints, such as a password for another program; never shown. */
  readonly text: (args: readonly string[]) => Promise<string>;
}

/** Variables by which somebody's shell chooses an account or a region: the definition has chosen already. */
const choosing = /^AWS_(?:DEFAULT_)?(?:PROFILE|REGION)$/;
/** Credentials of the environment, which only a target without profile may use. */
const credentials = /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)$/;

/**
 * Attempts of one call before the command line gives up: it slows down by itself where AWS throttles ("adaptive"), and
 * this many span about a minute.
 */
const attempts = 8;

type Ran = { readonly stdout: string } | { readonly failure: AwsFailure };

/** Seconds without a byte after which a connection counts as lost. */
const silence = 60;

export function awsOf(target: AwsTarget): Aws {
  const shell = $({ quiet: true, nothrow: true, env: environmentOf(target) });
  const options = [
    ...(target.profile === undefined ? [] : ["--profile", target.profile]),
    "--region",
    target.region,
    "--output",
    "json",
    "--cli-connect-timeout",
    "10",
    "--cli-read-timeout",
    String(silence),
  ];
  const run = async (args: readonly string[]): Promise<Ran> => {
    const { exitCode, stdout, stderr } = await shell`aws ${[...args, ...options]}`;
    return exitCode === 0 ? { stdout } : { failure: { args, exitCode, stderr } };
  };
  const attempt: Aws["attempt"] = async (schema, args) => {
    const ran = await run(args);
    return "failure" in ran ? ran : { value: v.parse(schema, JSON.parse(ran.stdout || "null")) };
  };
  const orThrow = (failure: AwsFailure): never => {
    throw new ProblemsError([failureProblem(target, failure)]);
  };
  const text: Aws["text"] = async (args) => {
    const ran = await run(args);
    return "failure" in ran ? orThrow(ran.failure) : ran.stdout;
  };
  return {
    target,
    attempt,
    text,
    ask: async (schema, args) => v.parse(schema, JSON.parse((await text(args)) || "null")),
    tell: async (args) => void (await text(args)),
  };
}

function environmentOf({ profile }: AwsTarget): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !choosing.test(name) && (profile === undefined || !credentials.test(name)),
  );
  return {
    ...Object.fromEntries(kept),
    AWS_RETRY_MODE: "adaptive",
    AWS_MAX_ATTEMPTS: String(attempts),
    // Neither stops to show or to ask anything.
    AWS_PAGER: "",
    AWS_CLI_AUTO_PROMPT: "off",
  };
}
