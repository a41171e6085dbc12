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
  // It waits for nothing: it is applied once, and what it waited for would still be named in it when that is taken out.
  const root = kustomization({
    name: sourceName,
    path: `./${distRoot}/${cluster.view.name}/reconciler`,
    dependsOn: [],
    timeout: "5m",
  });
  return [source, { ...root, spec: root.spec && { ...root.spec, wait: false } }].map((object) => ({
    folder: "bootstrap",
    object: toObject(object),
    owner: cluster.view.name,
    definition: cluster.definition,
  }));
}
