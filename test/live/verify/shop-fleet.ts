import {
  config,
  defineApp,
  defineFleet,
  defineLocalCluster,
  deployment,
  flows,
  internet,
  job,
  place,
  volumeClaim,
} from "#synth";
import type { Fleet, Reconciler, Resources } from "#synth";
import { addons } from "../../../platform/catalog.ts";
import type { Inputs } from "../../../synth/resolve/inputs.ts";

const resources: Resources = {
  cpu: { request: "50m" },
  memory: { request: "64Mi", limit: "64Mi" },
  ephemeralStorage: { request: "16Mi", limit: "32Mi" },
};

/** A migration, then a server of two replicas that scales; a volume; settings. */
const shop = defineApp<Record<string, never>>()({
  name: "shop",
  description: "Sells.",
  images: { web: { repository: "shop/web" } },
  needs: ["blockStorage", "resourceMetrics"],
  stages: ["data", "migrate", "serve"],
  render: ({ data, migrate, serve }, { images }) => {
    volumeClaim(data, "pictures", { size: "1Gi", access: "block" });
    config(data, "settings", { COLOUR: "red" });
    config(data, "prices", { CURRENCY: "EUR" });
    const migrations = job(migrate, "migrations", { image: images.web, resources, command: ["migrate"] });
    const web = deployment(serve, "web", {
      image: images.web,
      replicas: { min: 2, max: 4, cpu: 70 },
      ports: { http: 8080 },
      probes: { readiness: { http: "/ready", port: "http" } },
      resources,
    });
    flows(serve, [
      { from: web, to: web.port("http") },
      { from: migrations, to: internet(443) },
    ]);
  },
});

/** Another app, that the first has no business with. */
const bank = defineApp<Record<string, never>>()({
  name: "bank",
  description: "Keeps money.",
  images: {},
  needs: [],
  stages: ["main"],
  render: ({ main }) => {
    config(main, "vaults", { COUNT: "3" });
    config(main, "hours", { OPEN: "9-17" });
  },
});

/** One small cluster with both apps: a few seconds to reconcile. */
export function shopFleet(reconciler: Reconciler): Fleet {
  return defineFleet({
    repository: { url: "https://github.com/example/slipway.git", branch: "main" },
    addons,
    clusters: [
      defineLocalCluster({
        name: "small",
        provider: "embedded",
        kubernetes: "1.35",
        reconciler,
        nodeGroups: [{ name: "nodes", instanceTypes: ["local"], min: 1, max: 2, capacity: "on-demand" }],
        capabilities: {
          blockStorage: { driver: "local-path", className: "standard" },
          resourceMetrics: { provider: "metrics-server" },
        },
        placements: [
          place(shop, { environment: "local", parameters: {} }),
          place(bank, { environment: "local", parameters: {} }),
        ],
      }),
    ],
  });
}

export const inputs: Inputs = {
  facts: new Map(),
  releases: new Map([
    ["shop/local", JSON.stringify({ images: { web: `sha256:${"0".repeat(64)}` } })],
    ["bank/local", JSON.stringify({ images: {} })],
  ]),
};
