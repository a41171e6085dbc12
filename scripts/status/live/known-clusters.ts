import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { load } from "js-yaml";
import { list, text } from "../../../synth/objects/json-fields.ts";
import { clusterFolder, kubeconfigIn, readRequest, startedClusters } from "../../cluster/state.ts";

/** A cluster of the fleet, and a way to it. */
export interface KnownCluster {
  /** Its name in the fleet. */
  readonly cluster: string;
  readonly kubeconfig: string;
  /** Context of the kubeconfig; undefined: its current one. */
  readonly context?: string;
}

/**
 * Where clusters of the fleet can be asked: those that were started on this machine, and those that a context of
 * kubectl's is named after, by the whole name or, as `aws eks update-kubeconfig` and kind write them, by its end.
 *
 * @param names clusters of the fleet
 */
export function knownClusters(
  names: readonly string[],
  root: string,
  environment: NodeJS.ProcessEnv = process.env,
): readonly KnownCluster[] {
  const known = new Map<string, KnownCluster>();
  for (const found of [...startedHere(root), ...contextsOf(environment, names)]) {
    if (names.includes(found.cluster) && !known.has(found.cluster)) known.set(found.cluster, found);
  }
  return names.flatMap((name) => known.get(name) ?? []);
}

function startedHere(root: string): readonly KnownCluster[] {
  return startedClusters(root).flatMap((name) => {
    const folder = clusterFolder(root, name);
    const kubeconfig = kubeconfigIn(folder);
    const request = readRequest(folder);
    return request !== undefined && existsSync(kubeconfig) ? [{ cluster: request.cluster, kubeconfig }] : [];
  });
}

function contextsOf(environment: NodeJS.ProcessEnv, names: readonly string[]): readonly KnownCluster[] {
  const named = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  const paths = named.length > 0 ? named : [join(homedir(), ".kube/config")];
  return paths.flatMap((kubeconfig) =>
    list(contentOf(kubeconfig), "contexts").flatMap((entry): readonly KnownCluster[] => {
      const context = text(entry, "name") ?? "";
      const cluster = names.find((name) => isNamedAfter(context, name));
      return cluster === undefined ? [] : [{ cluster, kubeconfig, context }];
    }),
  );
}

/** `shop-prod`, `kind-shop-prod`, `arn:aws:eks:eu-central-1:111122223333:cluster/shop-prod` */
function isNamedAfter(context: string, cluster: string): boolean {
  return context === cluster || context === `kind-${cluster}` || context.endsWith(`:cluster/${cluster}`);
}

/** A kubeconfig that is not there, or that nobody can read, knows no cluster: kubectl takes it for empty, too. */
function contentOf(path: string): unknown {
  try {
    return load(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
