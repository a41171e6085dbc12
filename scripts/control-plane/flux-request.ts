import type { KindReference, KubernetesClient } from "../kubernetes/client.ts";
import { patchIfThere } from "../kubernetes/patch-if-there.ts";

const source = "source.toolkit.fluxcd.io/v1";
/** Sources first, then what is made of them; those of one group together. */
const kinds: readonly (readonly KindReference[])[] = [
  ["GitRepository", "HelmRepository", "OCIRepository", "HelmChart"].map((kind) => ({
    apiVersion: source,
    kind,
  })),
  [{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" }],
  [{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" }],
];

/** Has Flux look at everything now. A person does it with `flux reconcile`. */
export async function requestReconciliation(client: KubernetesClient): Promise<void> {
  for (const group of kinds) await Promise.all(group.map((kind) => requestAll(client, kind)));
}

async function requestAll(client: KubernetesClient, kind: KindReference): Promise<void> {
  const objects = await client.list(kind);
  const annotations = { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() };
  await Promise.all(
    objects.map(({ metadata: { name, namespace = "" } }) =>
      patchIfThere(client, { ...kind, name, namespace }, { metadata: { annotations } }),
    ),
  );
}
