import type { Capabilities } from "../../synth/model/capability.ts";
import { defineEksCluster } from "../../synth/model/cluster.ts";
import type { EksCluster } from "../../synth/model/cluster.ts";
import type { Roles } from "../../synth/model/facts.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { kubernetesVersions } from "../../synth/model/names.ts";
import type { AccountId, Reconciler, Region } from "../../synth/model/names.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import { clusterPath, factsPath, fleetPath } from "../../synth/model/paths.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { roleArn } from "../../synth/resolve/role-names.ts";
import { withEntry, withImport } from "./insert.ts";
import { constantName } from "./name.ts";
import type { Scaffold, ScaffoldFile } from "./scaffold.ts";

export type ClusterOptions =
  | { readonly provider: "kind"; readonly reconciler: Reconciler }
  | {
      readonly provider: "eks";
      readonly reconciler: Reconciler;
      readonly account: AccountId;
      readonly region: Region;
    };

/** AWS's example values, until the cluster is there to be asked; `doctor` lists them. */
const exampleFacts = (region: Region) => ({
  vpcId: "vpc-1234567890abcdef0",
  oidcIssuer: `oidc.eks.${region}.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE`,
});

const kubernetes = kubernetesVersions[0];

/** A cluster without placements, with what most apps ask for. */
export function clusterScaffold(
  name: string,
  fleet: Fleet,
  fleetSource: string,
  options: ClusterOptions,
): Scaffold {
  const constant = constantName(name, "Cluster", [fleetSource, "defineEksCluster defineLocalCluster"]);
  const imported = withImport(fleetSource, constant, `./${name}.ts`);
  const files =
    options.provider === "kind"
      ? kindFiles(name, constant, options)
      : eksFiles(name, constant, fleet, options);
  return {
    files,
    edits: [
      {
        path: fleetPath,
        before: fleetSource,
        content: withEntry(fleetPath, imported, /^ {2}clusters: \[/, constant),
      },
    ],
    next: [
      `Place apps on it in ${clusterPath(name)}; what an app needs of it is a capability there.`,
      ...(options.provider === "eks"
        ? [`Put what AWS says of it into ${factsPath(name)}; until then it holds AWS's example values.`]
        : []),
    ],
  };
}

function kindFiles(
  name: string,
  constant: string,
  { reconciler }: Extract<ClusterOptions, { provider: "kind" }>,
): readonly ScaffoldFile[] {
  const nodeGroup: NodeGroup = {
    name: "local",
    instanceTypes: ["local"],
    min: 1,
    max: 1,
    capacity: "on-demand",
  };
  const capabilities: Partial<Capabilities> = {
    ingress: { controller: "traefik" },
    blockStorage: { driver: "local-path", className: "standard" },
    secretStore: { backend: "generated" },
    resourceMetrics: { provider: "metrics-server" },
  };
  const spec = { name, provider: "kind", kubernetes, reconciler, nodeGroups: [nodeGroup] };
  return [
    definition("defineLocalCluster", constant, spec, name, `capabilities: ${JSON.stringify(capabilities)}`),
  ];
}

function eksFiles(
  name: string,
  constant: string,
  fleet: Fleet,
  { reconciler, account, region }: Extract<ClusterOptions, { provider: "eks" }>,
): readonly ScaffoldFile[] {
  const nodeGroup: NodeGroup = {
    name: "workers",
    instanceTypes: ["m6i.large"],
    min: 2,
    max: 4,
    capacity: "on-demand",
  };
  const capabilities: Partial<Capabilities> = {
    blockStorage: { driver: "ebs", className: "gp3" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    nodeScaling: { provider: "cluster-autoscaler" },
  };
  const spec = { name, kubernetes, reconciler, account, region, nodeGroups: [nodeGroup], outputs: [] };
  const cluster = defineEksCluster({
    ...spec,
    nodeGroups: [nodeGroup],
    capabilities: () => capabilities,
    placements: [],
  });
  const roles = rolesWithPermissions(fleet, cluster, region);
  return [
    definition(
      "defineEksCluster",
      constant,
      spec,
      name,
      `// An ingress needs a certificate: list "certificateArn" among the outputs, and name the zone of its hosts as aws.zone.\n  capabilities: () => (${JSON.stringify(capabilities)})`,
    ),
    { path: factsPath(name), content: JSON.stringify({ ...exampleFacts(region), roles }, undefined, 2) },
  ];
}

/** Roles of the service accounts that need one on the cluster: what its add-ons declare, with nothing else in the facts. */
function rolesWithPermissions(fleet: Fleet, cluster: EksCluster, region: Region): Roles {
  const facts = JSON.stringify({ ...exampleFacts(region), roles: {} });
  const { resolved } = resolveCluster(fleet, cluster, {
    facts: new Map([[cluster.name, facts]]),
    releases: new Map(),
  });
  const roles = (resolved?.order ?? []).flatMap((slice) =>
    Object.keys(slice.permissions).map((user) => [user, roleArn(cluster, slice, user)] as const),
  );
  return Object.fromEntries(roles.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function definition(
  define: "defineEksCluster" | "defineLocalCluster",
  constant: string,
  spec: object,
  name: string,
  capabilities: string,
): ScaffoldFile {
  const fields = Object.entries(spec).map(([field, value]) => `  ${field}: ${JSON.stringify(value)},`);
  return {
    path: clusterPath(name),
    content: [
      `import { ${define} } from "#synth";`,
      "",
      `export const ${constant} = ${define}({`,
      ...fields,
      `  ${capabilities},`,
      "  placements: [],",
      "});",
    ].join("\n"),
  };
}
