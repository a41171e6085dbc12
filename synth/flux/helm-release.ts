import type { IHelmRelease } from "@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2/HelmRelease";
import type { IHelmRepository } from "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/HelmRepository";
import type { IOCIRepository } from "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/OCIRepository";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { toObject } from "../objects/plain.ts";
import type { ChartRelease, Slice } from "../resolve/slice.ts";
import { fluxNamespace } from "./names.ts";

/** Tried again until it works: a counted number of retries would leave a release stuck until somebody looks. */
const retry = { name: "RetryOnFailure", retryInterval: "1m" } as const;

/** A chart as Flux takes it: where it comes from, and its release. */
export function helmRelease(slice: Slice, chart: ChartRelease): readonly KubernetesObject[] {
  const metadata = {
    name: slice.owner,
    namespace: fluxNamespace,
    labels: { "app.kubernetes.io/managed-by": "slipway" },
  };
  const fromRegistry = chart.repository.startsWith("oci://");
  const release: IHelmRelease = {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata,
    spec: {
      releaseName: slice.owner,
      targetNamespace: slice.namespace,
      storageNamespace: slice.namespace,
      serviceAccountName: slice.owner,
      interval: "10m",
      timeout: "10m",
      ...(fromRegistry
        ? { chartRef: { kind: "OCIRepository", name: slice.owner } }
        : {
            chart: {
              spec: {
                chart: chart.name,
                version: chart.version,
                sourceRef: { kind: "HelmRepository", name: slice.owner },
                interval: "1h",
              },
            },
          }),
      // CRDs of a chart's crds/ folder are otherwise never brought up to date.
      install: { crds: "CreateReplace", strategy: retry },
      upgrade: { crds: "CreateReplace", strategy: retry },
      driftDetection: { mode: "enabled" },
      values: { ...chart.values },
    },
  };
  const source = fromRegistry ? registry(metadata, chart) : repository(metadata, chart);
  return [toObject(source), toObject(release)];
}

function repository(
  metadata: NonNullable<IHelmRepository["metadata"]>,
  chart: ChartRelease,
): IHelmRepository {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "HelmRepository",
    metadata,
    spec: { url: chart.repository, interval: "1h" },
  };
}

function registry(metadata: NonNullable<IOCIRepository["metadata"]>, chart: ChartRelease): IOCIRepository {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata,
    spec: {
      url: `${chart.repository}/${chart.name}`,
      interval: "1h",
      ref: { tag: chart.version },
      layerSelector: {
        mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
        operation: "copy",
      },
    },
  };
}
