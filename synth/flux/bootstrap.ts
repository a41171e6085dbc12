import type { IGitRepository } from "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository";
import { distRoot } from "../model/paths.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import { toObject } from "../objects/plain.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { fluxNamespace, sourceName } from "./names.ts";
import { kustomization } from "./kustomization.ts";

/** What is applied once by hand: the source, and the Kustomization that brings all others. */
export function bootstrap(cluster: ResolvedCluster): readonly DeliveryObject[] {
  const { url, branch } = cluster.repository;
  const source: IGitRepository = {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: sourceName, namespace: fluxNamespace },
    spec: {
      url,
      ref: { branch },
      interval: "1m",
      timeout: "60s",
      // The cluster's own part of the repository; the rest is not downloaded again for each change elsewhere.
      sparseCheckout: [`${distRoot}/${cluster.view.name}`],
    },
  };
  const root = kustomization({
    name: sourceName,
    path: `./${distRoot}/${cluster.view.name}/reconciler`,
    dependsOn: [],
    timeout: "30m",
  });
  return [source, { ...root, spec: root.spec && { ...root.spec, ...rootHealth(cluster) } }].map((object) => ({
    folder: "bootstrap",
    object: toObject(object),
    owner: cluster.view.name,
    definition: cluster.definition,
  }));
}

/** The root is Ready when what nobody else waits for is: it must not wait for its own timeout on every start. */
function rootHealth(cluster: ResolvedCluster) {
  const awaited = new Set(cluster.order.flatMap((slice) => slice.dependsOn));
  return {
    wait: false,
    healthChecks: cluster.order
      .filter((slice) => !awaited.has(slice.owner))
      .map((slice) => ({
        apiVersion: "kustomize.toolkit.fluxcd.io/v1",
        kind: "Kustomization",
        name: slice.owner,
        namespace: fluxNamespace,
      })),
  };
}
