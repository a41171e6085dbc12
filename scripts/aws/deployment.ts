import type { Aws } from "./aws.ts";

/** One run of a deployment command: what it may do, and how it talks. */
export interface Deployment {
  readonly aws: Aws;
  /** Tells people one line, as it happens. */
  readonly say: (line: string) => void;
  /** Print what would be done, and do nothing. */
  readonly dryRun: boolean;
  /**
   * Asks before something is changed. Returns if it may be.
   *
   * @throws ProblemsError if not: declined, or nobody is there to ask and `--yes` was not given
   */
  readonly confirm: (question: string) => Promise<void>;
  /** What may be replaced or removed although it carries the cluster or holds data, as `<stack>/<logical id>`. */
  readonly allowed: readonly string[];
}

/** What a step came to. */
export type Outcome = "done" | "unchanged" | "planned";
