/** What to do with a stack, from what CloudFormation says of it. */
export type StackStep =
  /** There is none yet. */
  | { readonly do: "create" }
  /** It works, or works again as it did before a failed update. */
  | { readonly do: "update" }
  /** Something is going on in it; its end decides. */
  | { readonly do: "wait" }
  /** It never worked and can only be deleted; then it is created. */
  | { readonly do: "recreate"; readonly because: string }
  /** A person has to decide. */
  | { readonly do: "stop"; readonly because: string; readonly fix: string };

const works: ReadonlySet<string> = new Set([
  "CREATE_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_ROLLBACK_COMPLETE",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_COMPLETE",
]);

/** Stacks whose first creation came to nothing. */
const neverWorked: Readonly<Record<string, string>> = {
  REVIEW_IN_PROGRESS: "it was planned and never begun",
  CREATE_FAILED: "its creation failed",
  ROLLBACK_COMPLETE: "its creation failed and was taken back",
  ROLLBACK_FAILED: "its creation failed and could not be taken back",
};

/** What a person does about each state that nothing leads out of by itself. */
const stuck: Readonly<
  Record<string, readonly [because: string, fix: (stack: string, options: string) => string]>
> = {
  UPDATE_ROLLBACK_FAILED: [
    "an update failed, and so did taking it back",
    (stack, options) =>
      `see what failed in the stack's events, put it right, then: aws cloudformation continue-update-rollback --stack-name ${stack} ${options}; --resources-to-skip leaves out what cannot be restored`,
  ],
  UPDATE_FAILED: [
    "an update failed and was not taken back",
    (stack, options) => `aws cloudformation rollback-stack --stack-name ${stack} ${options}`,
  ],
  DELETE_FAILED: [
    "its deletion failed",
    (stack, options) =>
      `see what is in the way in the stack's events, remove it, then: aws cloudformation delete-stack --stack-name ${stack} ${options}`,
  ],
};

/**
 * @param status of the stack, such as `ROLLBACK_COMPLETE`; undefined if there is none
 * @param stack its name, for what a person may have to type
 * @param options profile and region, likewise
 */
export function stackStep(status: string | undefined, stack: string, options: string): StackStep {
  if (status === undefined || status === "DELETE_COMPLETE") return { do: "create" };
  if (works.has(status)) return { do: "update" };
  const never = neverWorked[status];
  if (never !== undefined) return { do: "recreate", because: never };
  if (status.endsWith("_IN_PROGRESS")) return { do: "wait" };
  const [because, fix] = stuck[status] ?? [];
  return {
    do: "stop",
    because: because ?? `CloudFormation says ${status}, which is not known here`,
    fix: fix?.(stack, options) ?? "look at the stack in the AWS console",
  };
}
