import { expect, test } from "vitest";
import { stackStep } from "../../scripts/aws/stacks/status.ts";

/** Every status that CloudFormation documents for a stack. */
const statuses = {
  create: [undefined, "DELETE_COMPLETE"],
  update: [
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
  ],
  wait: [
    "CREATE_IN_PROGRESS",
    "DELETE_IN_PROGRESS",
    "IMPORT_IN_PROGRESS",
    "IMPORT_ROLLBACK_IN_PROGRESS",
    "ROLLBACK_IN_PROGRESS",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_IN_PROGRESS",
  ],
  recreate: ["CREATE_FAILED", "REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"],
  stop: ["DELETE_FAILED", "IMPORT_ROLLBACK_FAILED", "UPDATE_FAILED", "UPDATE_ROLLBACK_FAILED"],
} as const;

test.each(Object.entries(statuses))("a stack is left to %s in each of these states", (step, members) => {
  for (const status of members) expect(stackStep(status, "x-eks", "").do, String(status)).toBe(step);
});

test("a failed rollback is led out of by a command that can be typed as it stands", () => {
  const step = stackStep("UPDATE_ROLLBACK_FAILED", "x-eks", "--profile x --region us-west-2");
  expect(step).toMatchObject({
    fix: expect.stringContaining(
      "aws cloudformation continue-update-rollback --stack-name x-eks --profile x --region us-west-2",
    ),
  });
});
