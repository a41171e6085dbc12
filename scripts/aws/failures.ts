import { clusterPath } from "../../synth/model/paths.ts";
import type { Problem } from "../../synth/model/problem.ts";
import type { AwsTarget } from "./target.ts";

/** A command of AWS's command line that failed. */
export interface AwsFailure {
  readonly args: readonly string[];
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** AWS's own code of an error, such as `ValidationError`; undefined where the command line did not get an answer. */
export function errorCodeOf({ stderr }: AwsFailure): string | undefined {
  return /An error occurred \(([\w.]+)\) when calling/.exec(stderr)?.[1];
}

/** What the failure says, without the command line's frame around it. */
export function reasonOf({ stderr, exitCode }: AwsFailure): string {
  const said = stderr
    .trim()
    .replace(/^An error occurred \([\w.]+\) when calling the (\w+) operation(?: \(.*?\))?: /, "$1: ");
  return said === "" ? `it ended with ${exitCode}` : (said.split("\n").at(-1) ?? said);
}

interface Known {
  readonly is: RegExp;
  readonly rule: string;
  readonly what: (target: AwsTarget) => string;
  readonly fix: (target: AwsTarget) => string;
}

const again = "run the command again: it goes on where it stopped";

const login = ({ profile }: AwsTarget): string =>
  profile === undefined
    ? `get new credentials into the environment; then ${again}`
    : `aws sso login --profile ${profile} (or renew the profile's keys); then ${again}`;

/** What goes wrong in the way to AWS, whatever the command. */
const known: readonly Known[] = [
  {
    is: /ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|Token (?:has expired|for .* does not exist)|SSO session .* expired|Error loading SSO Token/i,
    rule: "aws-session",
    what: ({ account }) => `the session for account ${account} has expired, or its keys are not valid`,
    fix: login,
  },
  {
    is: /config profile \(.*\) could not be found/,
    rule: "aws-profile",
    what: ({ profile }) => `there is no AWS profile ${profile ?? ""} on this machine`,
    fix: ({ account, profile }) =>
      `aws configure sso --profile ${profile ?? ""}, for account ${account}; with credentials in the environment: --no-profile`,
  },
  {
    is: /Unable to locate credentials|NoCredentials|Partial credentials/i,
    rule: "aws-session",
    what: ({ account }) => `there are no credentials for account ${account}`,
    fix: login,
  },
  {
    is: /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|Rate exceeded/i,
    rule: "aws-throttled",
    what: () => "AWS throttles the account, and did not stop within a minute",
    fix: () => `wait until other deployments to the account are through, then ${again}`,
  },
  {
    is: /Could not connect to the endpoint|Connection was closed|Read timeout|Connect timeout|Failed to connect|InternalFailure|InternalError|ServiceUnavailable|\((?:500|502|503|504)\)/i,
    rule: "aws-unreachable",
    what: ({ region }) => `AWS in ${region} does not answer`,
    fix: () => `check the network, a proxy and AWS_ENDPOINT_URL, then ${again}`,
  },
  {
    is: /AccessDenied|UnauthorizedOperation|not authorized to perform/i,
    rule: "aws-access",
    what: ({ account }) => `these credentials may not do this in account ${account}`,
    fix: ({ profile }) =>
      `use a role that may (the definition's profile is ${profile ?? "not set"}), then ${again}`,
  },
];

/** What failed, where, and what to do about it. */
export function failureProblem(target: AwsTarget, failure: AwsFailure): Problem {
  const at = { definition: clusterPath(target.cluster), cluster: target.cluster };
  const call = `aws ${failure.args.slice(0, 2).join(" ")}`;
  if (failure.exitCode === 127) {
    const fix = "install the AWS command line, https://aws.amazon.com/cli, and have it on PATH";
    return { rule: "aws-missing", at, what: "there is no aws to run", fix };
  }
  const cause = known.find(({ is }) => is.test(failure.stderr));
  if (cause === undefined) {
    const fix = `do what it says, then ${again}`;
    return { rule: "aws-refused", at, what: `${call}: ${reasonOf(failure)}`, fix };
  }
  const { rule, what, fix } = cause;
  return { rule, at, what: `${what(target)} (${call}: ${reasonOf(failure)})`, fix: fix(target) };
}
