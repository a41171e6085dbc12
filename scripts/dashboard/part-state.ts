import type { Listed } from "./inventory.ts";
import type { Part } from "./model.ts";

/** What an Application or Kustomization says, before its objects have been looked at. */
export interface PartState {
  readonly part: Omit<Part, "objects">;
  readonly listed: readonly Listed[];
  /** Whether its health takes its objects into account already, at any time and not just when it was applied. */
  readonly tellsHealth: boolean;
}
