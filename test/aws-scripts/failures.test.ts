import { describe, expect, test } from "vitest";
import { errorCodeOf, failureProblem } from "../../scripts/aws/failures.ts";

const target = { cluster: "x", account: "582719176192", region: "us-west-2", profile: "x-admin" } as const;
const failed = (stderr: string, exitCode = 254) => ({
  args: ["sts", "get-caller-identity"],
  exitCode,
  stderr,
});
const refusal = (code: string, message: string): string =>
  `\nAn error occurred (${code}) when calling the GetCallerIdentity operation: ${message}\n`;

describe("what AWS's command line says becomes a problem with a way out", () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      refusal("ExpiredToken", "The security token included in the request is expired"),
      "aws-session",
      /aws sso login --profile x-admin/,
    ],
    [
      "Error when retrieving token from sso: Token has expired and refresh failed",
      "aws-session",
      /sso login/,
    ],
    [
      refusal("InvalidClientTokenId", "The security token included in the request is invalid."),
      "aws-session",
      /x-admin/,
    ],
    ["The config profile (x-admin) could not be found", "aws-profile", /aws configure sso --profile x-admin/],
    [
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
      "aws-session",
      /x-admin/,
    ],
    [refusal("Throttling", "Rate exceeded"), "aws-throttled", /run the command again/],
    ['Could not connect to the endpoint URL: "http://127.0.0.1:1/"', "aws-unreachable", /AWS_ENDPOINT_URL/],
    [refusal("AccessDenied", "User is not authorized to perform: sts:X"), "aws-access", /x-admin/],
    [refusal("InternalFailure", "We are sorry"), "aws-unreachable", /again/],
    [refusal("ValidationError", "Template format error"), "aws-refused", /again/],
  ];

  test.each(cases)("%s", (stderr, rule, fix) => {
    expect(failureProblem(target, failed(stderr))).toMatchObject({ rule, fix: expect.stringMatching(fix) });
  });

  test("a missing command line is said to be missing", () => {
    const problem = failureProblem(target, failed("bash: line 1: aws: command not found", 127));
    expect(problem).toMatchObject({ rule: "aws-missing", what: "there is no aws to run" });
  });

  test("without a profile, nobody is sent to log in to one", () => {
    const { profile: _profile, ...ambient } = target;
    expect(failureProblem(ambient, failed(refusal("ExpiredToken", "expired"))).fix).toContain("environment");
  });
});

test("AWS's own code is found, also behind retries, and none where there was no answer", () => {
  const retried =
    "An error occurred (AlreadyExistsException) when calling the CreateChangeSet operation (reached max retries: 7): x";
  expect(errorCodeOf(failed(retried))).toBe("AlreadyExistsException");
  expect(errorCodeOf(failed("Could not connect to the endpoint URL"))).toBeUndefined();
});
