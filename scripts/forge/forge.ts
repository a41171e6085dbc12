import type { CheckState } from "../../synth/release/refusals.ts";

export interface PullRequest {
  /** Branch that holds the change. */
  readonly branch: string;
  /** Branch that it is to be merged into. */
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

export interface OpenedPullRequest {
  /** Where people read it, or how they open it themselves. */
  readonly url: string;
  /** Whether it was open before; its title and text are then the new ones. */
  readonly existed: boolean;
  /** Whether nobody opened it: there is no forge, and people merge the branch themselves. */
  readonly byHand?: true;
}

/** Where pull requests are made. */
export interface Forge {
  readonly name: "github" | "gitlab" | "git";
  /**
   * Opens a pull request, or brings the one that is open for the branch up to date.
   *
   * @throws ProblemsError if the forge does not do it; the branch is pushed by then
   */
  readonly open: (request: PullRequest) => Promise<OpenedPullRequest>;
  /** States of the checks of a commit, by name; undefined where the forge runs none. */
  readonly checks: (commit: string) => Promise<ReadonlyMap<string, CheckState> | undefined>;
}

/**
 * Runs the forge's own command line, and returns what it prints.
 *
 * @param doing what fails if it fails, for the problem
 */
export type RunForge = (args: readonly string[], doing: string) => Promise<string>;
