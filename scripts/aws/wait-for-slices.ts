import { clusterPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { ClusterAccess } from "./cluster/cluster-access.ts";
import { deliveries } from "./cluster/delivery.ts";
import type { Session } from "./session.ts";
import { minutes, waitFor } from "./wait.ts";

export interface SliceWait {
  readonly waitMinutes: number;
  /** Whether a commit has what is waited for. */
  readonly isCurrent: (revision: string, slice: string) => Promise<boolean>;
}

/**
 * Waits until the reconciler calls each of the slices done, at a commit that has what is wanted; tells each change on the way.
 *
 * @throws ProblemsError with those that are not there in time, in the reconciler's words
 */
export async function waitForSlices(
  { definition, say }: Session,
  access: ClusterAccess,
  slices: readonly string[],
  { waitMinutes, isCurrent }: SliceWait,
): Promise<void> {
  const delivery = deliveries[definition.reconciler];
  const last = new Map<string, string>();
  const isDone = async (slice: string): Promise<boolean> => {
    const state = await delivery.state(access, slice);
    const current =
      state?.revision !== undefined && (await isCurrent(state.revision, slice))
        ? state.says
        : `${state?.says ?? "not there yet"} (not at the commit that is waited for)`;
    if (last.get(slice) !== current) say(`  ${slice}: ${current}`);
    last.set(slice, current);
    return state?.ready === true && current === state.says;
  };
  const done = await waitFor(
    async () => {
      const results = [];
      for (const slice of slices) results.push(await isDone(slice));
      return results.every(Boolean) || undefined;
    },
    { patience: minutes(waitMinutes) },
  );
  if (done) return;
  const at = { definition: clusterPath(definition.name), cluster: definition.name };
  throw new ProblemsError(
    [...last].map(([slice, says]) => ({
      rule: "aws-delivery",
      at: { ...at, object: slice },
      what: `${slice} was not ready after ${waitMinutes} minutes: ${says}`,
      fix: "look at it in the reconciler; the command may be run again, and goes on waiting",
    })),
  );
}
