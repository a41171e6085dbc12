import type { IClusterSecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore";
import { defineEksAddon, secretStoreName } from "#synth";

/** Among the controllers and not after them, because some of them read their passwords from it. */
export const secretStore = defineEksAddon({
  name: "secret-store",
  description: "Gives Secrets of this cluster access to its part of AWS Secrets Manager",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.secretStore?.backend === "secrets-manager",
  needs: ["secretStore"],
  provides: ["secretStore"],
  dependsOn: ["external-secrets"],
  namespace: { name: "external-secrets" },
  render: (stage, { cluster, capabilities }) => {
    if (capabilities.secretStore.backend !== "secrets-manager") return;
    stage.addResource({
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: { name: secretStoreName },
      spec: {
        conditions: [{ namespaceSelector: { matchLabels: { "app.kubernetes.io/managed-by": "slipway" } } }],
        // Without auth it reads with the controller's own role, which holds this prefix and no other.
        provider: {
          aws: { service: "SecretsManager", region: cluster.region, prefix: `${cluster.name}/` },
        },
      },
    } satisfies IClusterSecretStore);
  },
});
