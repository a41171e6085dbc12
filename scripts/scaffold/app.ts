import type { Fleet } from "../../synth/model/fleet.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { appPath, clusterPath, fleetPath, releasePath } from "../../synth/model/paths.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { refuseTaken } from "./free-name.ts";
import { withEntry, withImport } from "./insert.ts";
import { constantName, refusal } from "./name.ts";
import type { Scaffold } from "./scaffold.ts";

/** Cluster that a new app is placed on. */
const firstCluster = "local";
export const firstClusterPath = clusterPath(firstCluster);

/** An app of one HTTP component, with a release and a placement on the local cluster. */
export function appScaffold(name: string, fleet: Fleet, inputs: Inputs, clusterSource: string): Scaffold {
  refuseWithoutIngress(fleet, inputs);
  refuseTaken(fleet, inputs, { slice: `${name}-local`, namespace: name });
  const constant = constantName(name, "App", [clusterSource, definition("", "")]);
  const path = appPath(name);
  const placement = `place(${constant}, { environment: "local", parameters: { host: "${name}.localhost", replicas: 1 } })`;
  const imported = withImport(clusterSource, constant, `../${path}`);
  return {
    files: [
      { path, content: definition(name, constant) },
      { path: releasePath(name, "local"), content: JSON.stringify({ images: { web: "local" } }) },
    ],
    edits: [
      {
        path: firstClusterPath,
        before: clusterSource,
        content: withEntry(firstClusterPath, imported, /^ {2}placements: \[/, placement),
      },
    ],
    next: [
      `In ${path}, say what it is, and which image, port and resources it has.`,
      "docs/building-blocks.md shows what else it can be built from, and a whole app.",
      `Place it on further clusters with place(${constant}, …): of two environments on one cluster, each needs a namespace.`,
      `What follows main gets its images by npm run slipway -- release set-image ${name} dev web@sha256:<digest>;`,
      `what comes after it waits for npm run slipway -- promote ${name} --from dev --to staging.`,
    ],
  };
}

/** The new app is reached through an Ingress, so the cluster it starts on needs a controller for it. */
function refuseWithoutIngress(fleet: Fleet, inputs: Inputs): void {
  const cluster = fleet.clusters.find((each) => each.name === firstCluster);
  if (cluster === undefined) {
    throw refusal(
      `there is no cluster ${firstCluster} to place a new app on`,
      `npm run slipway -- new cluster ${firstCluster} --provider kind`,
      fleetPath,
    );
  }
  const { resolved } = resolveCluster(fleet, cluster, inputs);
  if (resolved?.capabilities.ingress !== undefined) return;
  throw refusal(
    `cluster ${firstCluster} has no ingress, by which a new app is reached`,
    'give it the capability "ingress"',
    firstClusterPath,
  );
}

const definition = (name: string, constant: string): string => `
import { defineApp, deployment, flows, httpIngress, ingress } from "#synth";

/** What one environment of ${name} decides. */
interface Parameters {
  /** Name that users type. */
  readonly host: string;
  /** Pods that serve at the same time. */
  readonly replicas: number;
}

export const ${constant} = defineApp<Parameters>()({
  name: "${name}",
  description: "Serves ${name} over HTTP.",
  images: { web: { repository: "${name}" } },
  needs: ["ingress"],
  stages: ["serve"],
  render: ({ serve }, { parameters, images }) => {
    const web = deployment(serve, "web", {
      image: images.web,
      replicas: parameters.replicas,
      ports: { http: 8080 },
      resources: {
        cpu: { request: "50m" },
        memory: { request: "64Mi", limit: "128Mi" },
        ephemeralStorage: { request: "64Mi", limit: "256Mi" },
      },
      probes: {
        readiness: { http: "/", port: "http" },
        liveness: { http: "/", port: "http", periodSeconds: 30 },
      },
    });
    httpIngress(serve, "web", { host: parameters.host, routes: { "/": web.port("http") } });
    // Every other connection stays closed.
    flows(serve, [{ from: ingress, to: web.port("http") }]);
  },
});
`;
