/** Where a problem is: the definition to open, and the cluster and object it shows up in. */
export interface Location {
  /** Path from the repository root, such as `apps/attractor-factory/app.ts`. */
  readonly definition: string;
  readonly cluster?: string;
  /** `Kind/name` or `Kind/namespace/name`, optionally followed by the field's path. */
  readonly object?: string;
}

/** One thing that is wrong, said once: what, where and how to fix it. */
export interface Problem {
  /** Id of the rule that found it; docs/checks.md has a line for each. */
  readonly rule: string;
  readonly at: Location;
  readonly what: string;
  readonly fix: string;
}

/** The only error Slipway throws on purpose: everything that is wrong, together. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.what} (${problem.at.definition})`).join("\n"));
    this.name = "ProblemsError";
    this.problems = problems;
  }
}
