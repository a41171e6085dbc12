/** Fills of a digest, one for each build of an image. */
export const build = (number: number): string => `sha256:${number.toString(16).padStart(64, "0")}`;

export interface FleetWish {
  /** Names of the apps. Default: shop. */
  readonly apps?: readonly string[];
  /** TypeScript of the apps' promotion policy. Default: none. */
  readonly promotion?: string;
  /** Whether an add-on is frozen in the group prod. Default: false. */
  readonly addons?: boolean;
}

/** Two clusters: nonprod with dev and staging, prod with prod, one reconciler each. */
export function writeFleet(
  clone: { readonly write: (path: string, content: string) => void },
  { apps = ["shop"], promotion, addons = false }: FleetWish,
): void {
  for (const app of apps) {
    clone.write(`apps/${app}/app.ts`, appSource(app, promotion));
    clone.write(`apps/${app}/releases/dev.json`, `{ "images": { "web": "${build(1)}" } }\n`);
  }
  clone.write("clusters/nonprod.ts", clusterSource("nonprod", "argocd", apps, ["dev", "staging"]));
  clone.write("clusters/prod.ts", clusterSource("prod", "flux", apps, ["prod"]));
  clone.write("platform/greeter.ts", addonSource);
  clone.write(
    "clusters/fleet.ts",
    `import { defineFleet } from "#synth";
import { greeter } from "../platform/greeter.ts";
import { nonprod } from "./nonprod.ts";
import { prod } from "./prod.ts";

export const fleet = defineFleet({
  repository: { url: "https://git.example.com/fleet.git", branch: "main" },
  ${addons ? 'promotion: { order: ["nonprod", "prod"] },' : ""}
  addons: [greeter],
  clusters: [nonprod, prod],
});
`,
  );
}

const addonSource = `import { config, defineAddon } from "#synth";

export const greeter = defineAddon({
  name: "greeter",
  description: "Greets.",
  layer: "controllers",
  wanted: () => true,
  namespace: { name: "greeter" },
  render: (stage) => void config(stage, "greeting", { words: "hello" }),
});
`;

function appSource(name: string, promotion = ""): string {
  return `import { config, defineApp, deployment, flows, internet } from "#synth";

interface Parameters {
  readonly replicas: number;
}

export const ${name} = defineApp<Parameters>()({
  name: "${name}",
  description: "Sells plants.",
  images: { web: { repository: "${name}/web" } },
  needs: [],
  stages: ["serve"],
  ${promotion}
  render: ({ serve }, { images, parameters }) => {
    const settings = config(serve, "settings", { MOTTO: "first", REPLICAS: String(parameters.replicas) });
    const web = deployment(serve, "web", {
      image: images.web,
      replicas: parameters.replicas,
      envFrom: [settings],
      resources: { cpu: { request: "10m" }, memory: { request: "32Mi", limit: "64Mi" } },
      probes: { readiness: { exec: ["true"] } },
    });
    flows(serve, [{ from: web, to: internet(443) }]);
  },
});
`;
}

function clusterSource(
  name: string,
  reconciler: string,
  apps: readonly string[],
  environments: readonly string[],
): string {
  const placements = apps.flatMap((app) =>
    environments.map(
      (environment) =>
        `    place(${app}, { environment: "${environment}", namespace: "${app}-${environment}", parameters: { replicas: 2 } }),`,
    ),
  );
  return `import { defineLocalCluster, place } from "#synth";
${apps.map((app) => `import { ${app} } from "../apps/${app}/app.ts";`).join("\n")}

export const ${name} = defineLocalCluster({
  name: "${name}",
  group: "${name}",
  provider: "embedded",
  kubernetes: "1.35",
  reconciler: "${reconciler}",
  nodeGroups: [{ name: "nodes", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  capabilities: {},
  placements: [
${placements.join("\n")}
  ],
});
`;
}
