import { build } from "../../promotion/fleet-source.ts";
import type { Clone } from "../../promotion/repository.ts";

/** What only AWS knows of the garden. */
export const factsFile = "clusters/facts/garden.json";

/** A certificate by the digit that it is made of. */
export const certificate = (digit: number): string =>
  `arn:aws:acm:us-west-2:123456789012:certificate/${String(digit).repeat(8)}-0000-0000-0000-000000000000`;

/** Writes facts with this certificate, and further ones. */
export function writeFacts(clone: Clone, digit: number, further: object = {}): void {
  const outputs = {
    vpcId: "vpc-0123456789abcdef0",
    oidcIssuer: "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLE",
  };
  const facts = { ...outputs, certificateArn: certificate(digit), roles: {}, ...further };
  clone.write(factsFile, `${JSON.stringify(facts, null, 2)}\n`);
}

/** In place of the small fleet's clusters, one on EKS behind an ALB, with dev, staging and prod of two apps. */
export async function plantGarden(clone: Clone): Promise<void> {
  for (const app of ["shop", "cart"]) {
    clone.write(`apps/${app}/app.ts`, appSource(app));
    clone.write(`apps/${app}/releases/dev.json`, `{ "images": { "web": "${build(1)}" } }\n`);
  }
  clone.git("rm", "--quiet", "clusters/nonprod.ts", "clusters/prod.ts");
  clone.write("clusters/garden.ts", clusterSource);
  clone.write("clusters/fleet.ts", fleetSource);
  writeFacts(clone, 1);
  await clone.land("Plant the garden");
}

const appSource = (
  name: string,
): string => `import { config, defineApp, deployment, flows, httpIngress, ingress } from "#synth";

export const ${name} = defineApp<{ readonly host: string }>()({
  name: "${name}",
  description: "Sells plants.",
  images: { web: { repository: "${name}/web" } },
  needs: ["ingress"],
  stages: ["serve"],
  render: ({ serve }, { images, parameters }) => {
    const web = deployment(serve, "web", {
      image: images.web,
      replicas: 2,
      ports: { http: 8080 },
      envFrom: [config(serve, "settings", { MOTTO: "first" })],
      resources: { cpu: { request: "10m" }, memory: { request: "32Mi", limit: "64Mi" } },
      probes: { readiness: { http: "/ready", port: "http" } },
    });
    httpIngress(serve, "web", { host: parameters.host, routes: { "/": web.port("http") } });
    flows(serve, [{ from: ingress, to: web.port("http") }]);
  },
});
`;

const placed = ["shop", "cart"].flatMap((app) =>
  ["dev", "staging", "prod"].map(
    (environment) =>
      `place(${app}, { environment: "${environment}", namespace: "${app}-${environment}", parameters: { host: "${app}-${environment}.example.com" } }),`,
  ),
);

const clusterSource = `import { defineEksCluster, place } from "#synth";
import { cart } from "../apps/cart/app.ts";
import { shop } from "../apps/shop/app.ts";

export const garden = defineEksCluster({
  name: "garden",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "123456789012",
  region: "us-west-2",
  nodeGroups: [{ name: "workers", instanceTypes: ["m7i.large"], min: 2, max: 4, capacity: "on-demand" }],
  aws: { zone: "example.com" },
  outputs: ["certificateArn"],
  capabilities: ({ certificateArn }) => ({
    ingress: { controller: "alb", scheme: "internal", certificateArn },
    nodeScaling: { provider: "cluster-autoscaler" },
  }),
  placements: [
    ${placed.join("\n    ")}
  ],
});
`;

const fleetSource = `import { defineFleet } from "#synth";
import { greeter } from "../platform/greeter.ts";
import { garden } from "./garden.ts";

export const fleet = defineFleet({
  repository: { url: "https://git.example.com/fleet.git", branch: "main" },
  addons: [greeter],
  clusters: [garden],
});
`;
