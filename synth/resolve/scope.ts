import { clusterPath, factsPath } from "../model/paths.ts";
import type { Capabilities } from "../model/capability.ts";
import { baseOutputs } from "../model/cluster.ts";
import type { Cluster } from "../model/cluster.ts";
import { defaultNetwork } from "../model/cluster-view.ts";
import type { ClusterView } from "../model/cluster-view.ts";
import type { Roles } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { clusterFactProblems } from "./cluster-facts.ts";
import { hasOutputs, parseFacts } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";

/** What every slice of a cluster is resolved with. */
export interface ClusterScope {
  readonly cluster: Cluster;
  readonly view: ClusterView;
  readonly capabilities: Partial<Capabilities>;
  readonly definition: string;
  readonly roles: Roles;
  readonly problems: Problem[];
  /** Owners that wait for their first release here. */
  readonly unreleased: string[];
}

/** Joins a cluster with its facts. Undefined where they do not hold what its definition uses. */
export function scopeOf(cluster: Cluster, inputs: Inputs, problems: Problem[]): ClusterScope | undefined {
  const definition = clusterPath(cluster.name);
  problems.push(...clusterFactProblems(cluster, definition));
  const common = {
    name: cluster.name,
    kubernetes: cluster.kubernetes,
    reconciler: cluster.reconciler,
    nodeGroups: cluster.nodeGroups,
    network: cluster.network ?? defaultNetwork,
  };
  if (cluster.provider !== "eks") {
    const { provider, capabilities } = cluster;
    return {
      cluster,
      view: { ...common, provider },
      capabilities,
      definition,
      roles: {},
      problems,
      unreleased: [],
    };
  }
  const facts = parseFacts(cluster.name, inputs.facts.get(cluster.name), cluster.outputs);
  if ("problems" in facts) {
    problems.push(...facts.problems);
    return undefined;
  }
  const { account, region, eksName, outputs: wanted } = cluster;
  const { outputs, roles } = facts.value;
  problems.push(...outputProblems(cluster.name, definition, Object.keys(outputs), wanted));
  if (!hasOutputs(outputs, wanted)) return undefined;
  const view: ClusterView = { ...common, provider: "eks", account, region, eksName, outputs, roles };
  return {
    cluster,
    view,
    capabilities: cluster.capabilities(outputs),
    definition,
    roles,
    problems,
    unreleased: [],
  };
}

/** The facts must hold exactly what the definition lists: nothing lost, nothing left over. */
function outputProblems(
  cluster: string,
  definition: string,
  present: readonly string[],
  wanted: readonly string[],
): Problem[] {
  const at = { definition: factsPath(cluster), cluster };
  return [
    ...wanted
      .filter((name) => !present.includes(name))
      .map((name) => ({
        rule: "aws-output",
        at,
        ...(baseOutputs.some((base) => base === name)
          ? {
              what: `output ${name} is missing, and every EKS cluster has it`,
              fix: `add "${name}" to the file`,
            }
          : {
              what: `output ${name} is missing, and ${definition} uses it`,
              fix: `add "${name}" to the file, or drop it from the cluster's outputs`,
            }),
      })),
    ...present
      .filter((name) => !wanted.includes(name))
      .map((name) => ({
        rule: "aws-output",
        at,
        what: `output ${name} is used by nobody`,
        fix: `remove "${name}", or list it among the outputs in ${definition}`,
      })),
  ];
}
