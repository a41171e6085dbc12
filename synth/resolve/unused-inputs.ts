import { didYouMean } from "../model/did-you-mean.ts";
import type { Fleet } from "../model/fleet.ts";
import { environments } from "../model/names.ts";
import { factsPath, fleetPath, releasesFolder } from "../model/paths.ts";
import type { Problem } from "../model/problem.ts";
import type { Inputs } from "./inputs.ts";

/**
 * Committed JSON that nothing can ever read, for its name. The release of an environment that its app is not placed
 * in yet is none: it may come before its placement.
 */
export function unusedInputs(fleet: Fleet, { facts, releases }: Inputs): readonly Problem[] {
  return [
    ...[...facts.keys()].flatMap((cluster) => unusedFacts(fleet, cluster)),
    ...[...releases.keys()].flatMap(unusedRelease),
  ];
}

function unusedFacts({ clusters }: Fleet, name: string): readonly Problem[] {
  const readers = clusters.filter(({ provider }) => provider === "eks").map((cluster) => cluster.name);
  if (readers.includes(name)) return [];
  const runsElsewhere = clusters.some((cluster) => cluster.name === name);
  const reason = runsElsewhere ? `${name} is not on EKS` : `${fleetPath} has no cluster ${name}`;
  const otherwise = runsElsewhere ? "remove it" : `remove it, or list the cluster in ${fleetPath}`;
  return [
    unused(
      factsPath(name),
      reason,
      runsElsewhere ? otherwise : didYouMean(name, readers, otherwise, factsPath),
    ),
  ];
}

function unusedRelease(release: string): readonly Problem[] {
  const [app = "", name = ""] = release.split("/");
  if (environments.some((environment) => environment === name)) return [];
  const path = (environment: string): string => `${releasesFolder(app)}/${environment}.json`;
  const otherwise = `remove it; environments are ${environments.join(", ")}`;
  return [
    unused(path(name), `there is no environment ${name}`, didYouMean(name, environments, otherwise, path)),
  ];
}

function unused(path: string, reason: string, fix: string): Problem {
  return { rule: "input-file", at: { definition: path }, what: `nobody uses it: ${reason}`, fix };
}
