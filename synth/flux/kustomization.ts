import type { IKustomization } from "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization";
import type { Layer } from "../model/layer.ts";
import { distRoot } from "../model/paths.ts";
import { stageFolder } from "../reconciler/paths.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import { toObject } from "../objects/plain.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { Slice } from "../resolve/slice.ts";
import { accessName, fluxNamespace, kustomizationName, sourceName } from "./names.ts";
import { healthExpressions } from "./health.ts";

/** How long a layer may take to become Ready: charts pull images, databases start. */
const timeouts: Readonly<Record<Layer, string>> = {
  foundation: "2m",
  controllers: "15m",
  configuration: "5m",
  applications: "15m",
};

/** One Kustomization for each stage of each slice. */
export function kustomizations(
  cluster: ResolvedCluster,
  slices: readonly RenderedSlice[],
): readonly DeliveryObject[] {
  return slices.flatMap(({ slice, objects }) =>
    slice.stages.map((stage, index) => {
      const previous = slice.stages[index - 1];
      const dependsOn = previous === undefined ? dependencies(slice) : [kustomizationName(slice, previous)];
      const kinds = objects.filter((object) => object.stage === stage).map(({ object }) => object);
      return {
        folder: "reconciler",
        owner: slice.owner,
        definition: slice.definition,
        object: toObject(
          kustomization({
            name: kustomizationName(slice, stage),
            path: `./${distRoot}/${stageFolder(cluster.view.name, slice, stage)}`,
            dependsOn,
            timeout: timeouts[slice.layer],
            account: slice.owner,
            prune: slice.chart?.installedFirst !== true,
            expressions: healthExpressions(kinds),
          }),
        ),
      };
    }),
  );
}

/** What a slice's first stage waits for: the slices it depends on, and its account. */
function dependencies(slice: Slice): readonly string[] {
  return slice.kind === "namespaces" ? [] : [accessName, ...slice.dependsOn];
}

interface KustomizationInput {
  readonly name: string;
  readonly path: string;
  readonly dependsOn: readonly string[];
  readonly timeout: string;
  /** Account to act as; none: the controller's own, for what only this repository's model writes. */
  readonly account?: string;
  /** Whether what leaves git leaves the cluster. Default: true; Flux does not remove itself. */
  readonly prune?: boolean;
  readonly expressions?: ReturnType<typeof healthExpressions>;
}

export function kustomization(input: KustomizationInput): IKustomization {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: {
      name: input.name,
      namespace: fluxNamespace,
      labels: { "app.kubernetes.io/managed-by": "slipway" },
    },
    spec: {
      sourceRef: { kind: "GitRepository", name: sourceName },
      path: input.path,
      interval: "10m",
      retryInterval: "1m",
      timeout: input.timeout,
      prune: input.prune ?? true,
      wait: true,
      ...(input.dependsOn.length > 0 && { dependsOn: input.dependsOn.map((name) => ({ name })) }),
      ...(input.account !== undefined && { serviceAccountName: input.account }),
      ...(input.expressions && input.expressions.length > 0 && { healthCheckExprs: [...input.expressions] }),
    },
  };
}
