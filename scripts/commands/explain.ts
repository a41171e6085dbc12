import { inDist } from "../../synth/model/paths.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { plain } from "../../synth/objects/plain.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import type { SynthesizedCluster } from "../../synth/synthesize.ts";
import { callDefinitions } from "../definition-errors.ts";
import { pathBelowDist } from "../explain/dist-path.ts";
import { explain } from "../explain/explanation.ts";
import { explanationLines, folderLines, folderMember } from "../explain/explanation-lines.ts";
import { frozenAt } from "../explain/frozen-at.ts";
import { clusterOf, findInDist, slicesBelow } from "../explain/find.ts";
import { gatherInputs, loadFleet } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly json?: true;
}

/** `slipway explain`: a file of dist → the line that made it. */
export const explainCommand: DefineCommand = (program) => {
  program
    .command("explain")
    .description(
      "Say where a file of dist comes from: definition, line, owner, order, parameters, permissions.",
    )
    .argument(
      "<path>",
      "a file of dist, the folder of one slice, or one that holds several; dist/ in front is optional",
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- explain dist/local/controllers
  npm run slipway -- explain dist/local/controllers/metrics-server
  npm run slipway -- explain local/foundation/namespaces/Namespace.factory-system.yaml --json`,
    )
    .action(async (argument: string, options: Options) => {
      const path = pathBelowDist(argument);
      const fleet = await loadFleet();
      const cluster = clusterOf(fleet, path);
      const inputs = await gatherInputs(fleet, [cluster]);
      const result = callDefinitions(() => traced(fleet, cluster, inputs, path));
      // A problem elsewhere in the cluster does not keep a file that renders from being explained.
      if (result.rendered === undefined) throw new ProblemsError(result.problems);
      const below = slicesBelow(result.rendered, path);
      if (below.length > 0) {
        const members = below.map((slice) => folderMember(cluster.name, slice));
        if (options.json) console.log(JSON.stringify({ path: inDist(path), slices: members }));
        else console.log(folderLines(members).join("\n"));
        return;
      }
      const explanation = explain(findInDist(result, result.rendered, path), frozenAt(inputs, path));
      if (options.json) console.log(JSON.stringify(plain(explanation)));
      else console.log(explanationLines(explanation).join("\n"));
    });
};

/**
 * The cluster with the lines that created its objects. Of what is frozen that is its definition as it is now, where that
 * still renders the path: the bytes in dist remember no line.
 */
function traced(fleet: Fleet, cluster: Cluster, inputs: Inputs, path: string): SynthesizedCluster {
  const now = synthesizeCluster(fleet, cluster, { ...inputs, followMain: true }, { trace: true });
  const isThere = now.files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
  return isThere ? now : synthesizeCluster(fleet, cluster, inputs, { trace: true });
}
