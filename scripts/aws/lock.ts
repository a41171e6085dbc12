import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { clusterPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Holder } from "../lock/holder.ts";
import { whileLocked } from "../lock/while-locked.ts";
import { root } from "../root.ts";

/** Folder of what deployments of a cluster keep on this machine. */
export function stateFolder(cluster: string): string {
  return join(root, ".slipway/aws", cluster);
}

/**
 * Runs `work` as the only deployment of the cluster on this machine; a killed one holds the lock no longer. Between machines
 * CloudFormation is the lock: a stack takes one operation at a time, and the second of two change sets finds the stack changed
 * since it was made, which makes it obsolete instead of executed.
 *
 * @throws ProblemsError that says who is at it
 */
export async function asOnlyDeployment<Result>(
  cluster: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const folder = stateFolder(cluster);
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, "lock");
  const at = { definition: clusterPath(cluster), cluster };
  const problem = (what: string, fix: string) => new ProblemsError([{ rule: "aws-locked", at, what, fix }]);
  const locked = {
    lock,
    patience: 0,
    heldBy: ({ pid, host, since }: Holder) =>
      problem(
        `process ${pid} on ${host} has been deploying ${cluster} since ${since}`,
        `wait until it ends; if it is gone for sure, remove ${lock}`,
      ),
    unreadable: () => problem(`the lock ${lock} cannot be read`, `if no slipway runs, remove ${lock}`),
  };
  return whileLocked(locked, work);
}
