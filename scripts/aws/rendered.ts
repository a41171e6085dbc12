import { join } from "node:path";
import { readFileSync } from "node:fs";
import type { AwsStack } from "../../synth/aws/stack.ts";
import type { RenderedCluster } from "../../synth/checks/check.ts";
import { stackPath } from "../../synth/layout/layout.ts";
import type { EksCluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { clusterPath, inDist } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { callDefinitions } from "../definition-errors.ts";
import { errorCode } from "../tree/failure.ts";
import { distPath, gatherInputs } from "../workspace.ts";

/** A cluster as its definitions render it now. */
export interface Rendered {
  readonly cluster: RenderedCluster;
  /** In the order in which they are deployed. */
  readonly stacks: readonly AwsStack[];
  /** Content of each file below dist, by its path from there. */
  readonly files: ReadonlyMap<string, string>;
}

/** @throws ProblemsError with whatever is wrong with the definitions */
export async function renderCluster(fleet: Fleet, cluster: EksCluster): Promise<Rendered> {
  const inputs = await gatherInputs(fleet, [cluster]);
  const { rendered, files, problems } = callDefinitions(() => synthesizeCluster(fleet, cluster, inputs));
  if (problems.length > 0 || rendered === undefined) throw new ProblemsError(problems);
  return {
    cluster: rendered,
    stacks: rendered.stacks,
    files: new Map(files.map(({ path, content }) => [path, content])),
  };
}

/** Path of the file that a stack's template is committed as. */
export function templatePath({ target }: { readonly target: string }, { kind }: AwsStack): string {
  return join(distPath, stackPath(target, kind));
}

/**
 * What is deployed is what is in dist, and dist is what the definitions say.
 *
 * @param paths below dist, of the files that are about to be used
 * @throws ProblemsError with each that is not
 */
export function requireInStep(cluster: string, { files }: Rendered, paths: readonly string[]): void {
  const problems = paths.flatMap((path): readonly Problem[] => {
    if (read(join(distPath, path)) === files.get(path)) return [];
    return [
      {
        rule: "dist-differs",
        at: { definition: clusterPath(cluster), cluster },
        what: `${inDist(path)} is not what the definitions render`,
        fix: "npm run synth, and commit what it changes",
      },
    ];
  });
  if (problems.length > 0) throw new ProblemsError(problems);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
