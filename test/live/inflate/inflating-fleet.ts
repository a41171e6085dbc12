import { defineAddon, defineFleet, defineLocalCluster } from "#synth";
import type { Fleet, Reconciler } from "#synth";
import type { Digest } from "../../../synth/model/names.ts";

interface Charted {
  readonly name: string;
  readonly host: `127.0.0.1:${number}`;
  readonly digest: Digest;
  /** Default: 2. */
  readonly replicas?: number;
  /** Default: false. */
  readonly mirrored?: boolean;
}

/** A cluster for each reconciler, both inflating one chart. */
export function inflatingFleet({ name, host, digest, replicas = 2, mirrored = false }: Charted): Fleet {
  const cluster = (reconciler: Reconciler) =>
    defineLocalCluster({
      name: reconciler,
      provider: "embedded",
      kubernetes: "1.35",
      reconciler,
      chartMode: "inflate",
      ...(mirrored && { chartMirror: `oci://${host}/charts` as const }),
      nodeGroups: [{ name: "nodes", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
      capabilities: {},
      placements: [],
    });
  const addon = defineAddon({
    name: "greeting",
    description: "Greets.",
    layer: "controllers",
    wanted: () => true,
    namespace: { name: "greeting" },
    chart: {
      repository: mirrored ? "https://charts.invalid" : `http://${host}/charts`,
      name,
      version: "1.0.0",
      digest,
      kinds: {
        cluster: ["apiextensions.k8s.io/CustomResourceDefinition"],
        namespaced: ["/ConfigMap", "/Service", "/ServiceAccount", "apps/Deployment"],
      },
      values: () => ({ replicas }),
    },
  });
  return defineFleet({
    repository: { url: "https://git.example.com/fleet.git", branch: "main" },
    addons: [addon],
    clusters: [cluster("argocd"), cluster("flux")],
  });
}
