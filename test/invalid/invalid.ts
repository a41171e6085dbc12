import type { RenderedCluster } from "../../synth/checks/check.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { garden } from "./garden.ts";
import type { Garden } from "./garden.ts";

/** Something wrong, and what the one rule that this file is named after says about it. */
export interface Invalid {
  /** Completes the sentence "… is refused". */
  readonly title: string;
  readonly what: string;
  readonly fix: string;
  /** Location of the problem; checked where it is given. */
  readonly object?: string;
  readonly found: () => Found;
}

export interface Found {
  readonly problems: readonly Problem[];
  /** Undefined where nothing could be rendered. */
  readonly rendered?: RenderedCluster | undefined;
}

/** A fleet in which one thing is wrong. */
export function invalidGarden(expected: Omit<Invalid, "found">, wish: Garden | (() => Garden)): Invalid {
  return {
    ...expected,
    found: () => {
      const { fleet, cluster, inputs } = garden(typeof wish === "function" ? wish() : wish);
      const { problems, rendered } = synthesizeCluster(fleet, cluster, inputs);
      return { problems, rendered };
    },
  };
}
