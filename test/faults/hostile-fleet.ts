import { defineAddon, defineApp, defineFleet, defineLocalCluster, deployment, flows } from "#synth";
import { httpIngress, ingress, place } from "#synth";
import type { Cluster } from "#synth";

/** Names that lead out of a folder, are none on some system, or read like another. */
export const hostileNames = [
  "../x",
  "/etc/x",
  "..",
  "a/b",
  "x\\y",
  "a\u0000b",
  "a\nb",
  "a b",
  "-x",
  ".git",
  "",
  "a".repeat(300),
  "Upper",
  "p\u0430yments", // with a Cyrillic а
  "local\uFF0Fx", // with a full-width slash
  "\u202Ex", // turns the direction of what follows
  "\uD800",
  "__proto__",
] as const;

export const hostileKinds = ["app", "namespace", "otherNamespace", "stage", "component", "host"] as const;
type Kind = (typeof hostileKinds)[number];

const onKind = {
  kubernetes: "1.35",
  nodeGroups: [{ name: "local", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  capabilities: { ingress: { controller: "traefik" } },
} as const;

/** An app that is right but for one name. */
function shop(kind: Kind | undefined, name: string) {
  const named = (wanted: Kind, otherwise: string): string => (kind === wanted ? name : otherwise);
  const stageName = named("stage", "serve");
  return defineApp<object>()({
    name: named("app", "shop"),
    description: "Sells what nobody can name",
    images: {},
    needs: [],
    stages: [stageName],
    namespaces: () => (kind === "otherNamespace" ? [{ name }] : []),
    render: (stages) => {
      for (const stage of Object.values(stages)) {
        const web = deployment(stage, named("component", "web"), {
          image: `registry.example.com/web@sha256:${"0".repeat(64)}`,
          replicas: 2,
          ports: { http: 8080 },
          resources: { cpu: { request: "100m" }, memory: { request: "128Mi", limit: "256Mi" } },
          probes: { readiness: { http: "/ready", port: "http" } },
        });
        flows(stage, [{ from: ingress, to: web.port("http") }]);
        httpIngress(stage, "web", {
          host: named("host", "shop.localhost"),
          routes: { "/": web.port("http") },
        });
      }
    },
  });
}

function cluster(clusterName: string, kind?: Kind, name = "shop"): Cluster {
  return defineLocalCluster({
    ...onKind,
    name: clusterName,
    provider: "kind",
    reconciler: name.length % 2 === 0 ? "argocd" : "flux",
    placements: [
      place(shop(kind, name), {
        environment: "local",
        namespace: kind === "namespace" ? name : "shop",
        parameters: {},
      }),
    ],
  });
}

/** One cluster for each name in each place, so that one run finds all of them; `kind-0` and so on. */
export const fleet = defineFleet({
  repository: { url: "https://github.com/example/slipway.git", branch: "main" },
  addons: hostileNames.flatMap((name, index) =>
    [
      { name, namespace: "garden" },
      { name: `garden-${index}`, namespace: name },
    ].map((addon) =>
      defineAddon({
        name: addon.name,
        description: "Grows on the embedded control plane alone",
        layer: "controllers",
        wanted: ({ provider }) => provider === "embedded",
        namespace: { name: addon.namespace },
        render: () => {},
      }),
    ),
  ),
  clusters: [
    cluster("right"),
    ...hostileNames.map((name) => cluster(name)),
    ...hostileKinds.flatMap((kind) =>
      hostileNames.map((name, index) => cluster(`${kind.toLowerCase()}-${index}`, kind, name)),
    ),
    defineLocalCluster({
      ...onKind,
      name: "addons",
      provider: "embedded",
      reconciler: "argocd",
      placements: [],
    }),
  ],
});
