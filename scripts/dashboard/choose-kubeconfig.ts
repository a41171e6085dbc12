import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { load } from "js-yaml";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { text } from "../../synth/objects/json-fields.ts";
import { clusterFolder, kubeconfigIn, startedClusters } from "../cluster/state.ts";

export interface ChosenCluster {
  /** What to call it. */
  readonly name: string;
  readonly kubeconfig: string;
}

interface Asked {
  /** A cluster that was started on this machine. */
  readonly cluster?: string;
  /** Path of a kubeconfig. */
  readonly kubeconfig?: string;
}

/**
 * The cluster to look at: by kubeconfig, or by the name of one that `slipway cluster up` started; without either the
 * only one that it started, or what kubectl would take.
 *
 * @throws ProblemsError if it is none, or not clear which
 */
export function chooseKubeconfig(
  { cluster, kubeconfig }: Asked,
  root: string,
  environment: NodeJS.ProcessEnv = process.env,
): ChosenCluster {
  const started = startedClusters(root);
  if (kubeconfig !== undefined) return { name: cluster ?? contextOf(kubeconfig), kubeconfig };
  if (cluster !== undefined) {
    if (started.includes(cluster)) return localCluster(root, cluster);
    throw unclear(
      `no cluster ${cluster} was started on this machine`,
      didYouMean(
        cluster,
        started,
        "start it with npm run slipway -- cluster up, or name its kubeconfig with --kubeconfig",
      ),
    );
  }
  const [only, ...others] = started;
  if (only !== undefined && others.length === 0) return localCluster(root, only);
  if (only !== undefined)
    throw unclear("several clusters were started here", `name one with --cluster: ${started.join(", ")}`);
  const named = (environment["KUBECONFIG"] ?? "").split(delimiter).find((path) => path !== "");
  const own = named ?? join(homedir(), ".kube/config");
  return { name: contextOf(own), kubeconfig: own };
}

function localCluster(root: string, name: string): ChosenCluster {
  const kubeconfig = kubeconfigIn(clusterFolder(root, name));
  if (existsSync(kubeconfig)) return { name, kubeconfig };
  throw unclear(
    `cluster ${name} is not up yet`,
    "run npm run slipway -- cluster up again, which goes on where it was",
  );
}

function contextOf(kubeconfig: string): string {
  let content: unknown;
  try {
    content = load(readFileSync(kubeconfig, "utf8"));
  } catch {
    throw unclear(
      `there is no kubeconfig to be read at ${kubeconfig}`,
      "name one with --kubeconfig, or start a cluster with npm run slipway -- cluster up",
    );
  }
  return text(content, "current-context") ?? kubeconfig;
}

function unclear(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "command line" }, what, fix }]);
}
