import type { Cluster } from "../model/cluster.ts";
import { isAccountId, isRegion } from "../model/names.ts";
import type { NodeGroup } from "../model/node-group.ts";
import type { Problem } from "../model/problem.ts";

/** What a cluster's definition says that types are too coarse for. */
export function clusterFactProblems(cluster: Cluster, definition: string): readonly Problem[] {
  const problem = (what: string, fix: string): Problem => ({
    rule: "cluster-facts",
    at: { definition, cluster: cluster.name },
    what,
    fix,
  });
  const aws =
    cluster.provider === "eks"
      ? [
          ...(isAccountId(cluster.account)
            ? []
            : [
                problem(
                  `account ${cluster.account} is not twelve digits`,
                  "write the whole id, leading zeros too",
                ),
              ]),
          ...(isRegion(cluster.region)
            ? []
            : [
                problem(`region ${cluster.region} is not an AWS region`, "write its code, such as us-west-2"),
              ]),
          ...cluster.nodeGroups.flatMap(({ name, zones = [] }) =>
            zones
              .filter((zone) => !zone.startsWith(cluster.region))
              .map((zone) =>
                problem(
                  `node group ${name} is in zone ${zone}, outside ${cluster.region}`,
                  "name zones of the region",
                ),
              ),
          ),
        ]
      : [];
  const names = cluster.nodeGroups.map(({ name }) => name);
  return [
    ...aws,
    ...cluster.nodeGroups
      .filter((group) => !isRange(group))
      .map(({ name, min, max }) =>
        problem(
          `node group ${name} has from ${min} to ${max} nodes`,
          "write whole numbers, the smaller one first",
        ),
      ),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => problem(`there are two node groups named ${name}`, "give each a name of its own")),
  ];
}

function isRange({ min, max }: NodeGroup): boolean {
  return Number.isInteger(min) && Number.isInteger(max) && min >= 0 && max >= Math.max(min, 1);
}
