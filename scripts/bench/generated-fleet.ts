import {
  config,
  defineApp,
  defineEksCluster,
  defineFleet,
  deployment,
  flows,
  httpIngress,
  ingress,
  place,
} from "#synth";
import type { Fleet } from "#synth";
import type { Inputs } from "../../synth/resolve/inputs.ts";

interface Parameters {
  readonly host: string;
}

/** An app of eight objects: settings, a Deployment with its account, Service, autoscaler and budget, a policy, an Ingress. */
function generatedApp(name: string) {
  return defineApp<Parameters>()({
    name,
    description: "Generated for the benchmark",
    images: { web: { repository: `bench/${name}` } },
    needs: ["ingress", "resourceMetrics"],
    stages: ["main"],
    render: ({ main }, { images, parameters }) => {
      const settings = config(main, "settings", { HOST: parameters.host, LOG_LEVEL: "info" });
      const web = deployment(main, "web", {
        image: images.web,
        ports: { http: 8080 },
        envFrom: [settings],
        resources: { cpu: { request: "10m" }, memory: { request: "32Mi", limit: "64Mi" } },
        probes: { readiness: { http: "/ready", port: "http" } },
        replicas: { min: 2, max: 3, cpu: 70 },
      });
      flows(main, [{ from: ingress, to: web.port("http") }]);
      httpIngress(main, "web", { host: parameters.host, routes: { "/": web.port("http") } });
    },
  });
}

/** A fleet of `clusters` × `apps` × 8 objects, with the facts and releases it needs. No add-ons. */
export function generatedFleet(clusters: number, apps: number): { fleet: Fleet; inputs: Inputs } {
  const definitions = Array.from({ length: apps }, (_, app) => generatedApp(`app-${app}`));
  const names = Array.from({ length: clusters }, (_, cluster) => `bench-${cluster}`);
  const fleet = defineFleet({
    repository: { url: "https://github.com/example/slipway.git", branch: "main" },
    addons: [],
    clusters: names.map((name) =>
      defineEksCluster({
        name,
        kubernetes: "1.35",
        reconciler: "argocd",
        account: "111122223333",
        region: "us-west-2",
        nodeGroups: [
          { name: "workers", instanceTypes: ["m7i.2xlarge"], min: 2, max: 60, capacity: "on-demand" },
        ],
        aws: { zone: "example.com" },
        outputs: ["certificateArn"],
        capabilities: (aws) => ({
          ingress: {
            controller: "alb",
            scheme: "internet-facing",
            certificateArn: aws.certificateArn,
          },
          resourceMetrics: { provider: "metrics-server" },
        }),
        placements: definitions.map((app) =>
          place(app, { environment: "dev", parameters: { host: `${app.name}.${name}.example.com` } }),
        ),
      }),
    ),
  });
  const facts = JSON.stringify({
    vpcId: "vpc-1234567890abcdef0",
    oidcIssuer: "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
    certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    roles: {},
  });
  return {
    fleet,
    inputs: {
      facts: new Map(names.map((name) => [name, facts])),
      releases: new Map(
        definitions.map(({ name }) => [`${name}/dev`, JSON.stringify({ images: { web: "1.0.0" } })]),
      ),
    },
  };
}
