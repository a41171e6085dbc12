import { withoutCredentials } from "../git/git.ts";
import type { Forge } from "./forge.ts";

/** No forge: the branch is pushed, and whoever merges it is told where it is. */
export function plainGit(url: string): Forge {
  return {
    name: "git",
    open: ({ branch }) =>
      Promise.resolve({ url: `${withoutCredentials(url)} ${branch}`, existed: false, byHand: true }),
    checks: () => Promise.resolve(undefined),
  };
}
