import { loadAll } from "js-yaml";
import type { Reconciler } from "../../synth/model/names.ts";
import { text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";

/** Files of `dist/<cluster>`, by their path below it. */
export type DistFiles = ReadonlyMap<string, string>;

/** One step of taking a cluster into service, in the order of docs/bootstrap.md. */
export type InstallStep =
  | { readonly does: "install"; readonly chart: ChartInstall }
  | { readonly does: "apply"; readonly objects: readonly KubernetesObject[] }
  | { readonly does: "wait"; readonly object: KubernetesObject; readonly condition: string };

export interface ChartInstall {
  readonly release: string;
  readonly namespace: string;
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
  /** Text of its values. */
  readonly values: string;
}

/** Release and namespace of each reconciler's chart, as docs/bootstrap.md installs it. */
const releases: Readonly<Record<Reconciler, Pick<ChartInstall, "release" | "namespace">>> = {
  argocd: { release: "argo-cd", namespace: "argocd" },
  flux: { release: "flux", namespace: "flux-system" },
};

/** What Flux's operator makes Flux from. */
const fluxInstance = "configuration/flux-instance/FluxInstance.flux.yaml";
/** Brings the kinds that values ask for on a cluster with monitoring. */
const monitoringKinds = "reconciler/Application.prometheus-operator-crds.yaml";

/**
 * The steps, from what the cluster's folder of dist says; undefined where it is rendered for another reconciler, or not
 * at all.
 */
export function installation(reconciler: Reconciler, files: DistFiles): readonly InstallStep[] | undefined {
  const { release, namespace } = releases[reconciler];
  const values = files.get(`bootstrap/values/${release}.yaml`);
  if (values === undefined) return undefined;
  const [, , chart = "", version = "", repository = ""] =
    /^(#.*\n)# (\S+) (\S+) from (\S+)$/m.exec(values) ?? [];
  const instances = objectsAt(files, (path) => path === fluxInstance);
  return [
    ...monitoringCharts(files),
    { does: "install", chart: { release, namespace, chart, version, repository, values } },
    ...instances.flatMap((object): InstallStep[] => [
      { does: "apply", objects: [object] },
      { does: "wait", object, condition: "Ready" },
    ]),
    { does: "apply", objects: objectsAt(files, (path) => /^bootstrap\/[^/]+\.yaml$/.test(path)) },
  ];
}

/** With Argo CD they come first; with Flux the operator asks for none of them. */
function monitoringCharts(files: DistFiles): readonly InstallStep[] {
  return objectsAt(files, (path) => path === monitoringKinds).map((application) => {
    const said = (...path: readonly string[]) => text(application, "spec", ...path) ?? "";
    return {
      does: "install",
      chart: {
        release: application.metadata.name,
        namespace: said("destination", "namespace"),
        chart: said("source", "chart"),
        repository: said("source", "repoURL"),
        version: said("source", "targetRevision"),
        values: "",
      },
    };
  });
}

function objectsAt(files: DistFiles, wanted: (path: string) => boolean): readonly KubernetesObject[] {
  return [...files]
    .filter(([path]) => wanted(path))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, content]) => loadAll(content).filter(isKubernetesObject));
}

/** Arguments for Helm: may be run again, and waits until what it installed is ready. */
export function helmArguments(
  { release, namespace, chart, repository, version }: ChartInstall,
  valuesFile: string,
): readonly string[] {
  const from = repository.startsWith("oci://") ? [`${repository}/${chart}`] : [chart, "--repo", repository];
  return [
    "upgrade",
    "--install",
    release,
    ...from,
    "--version",
    version,
    "--namespace",
    namespace,
    "--create-namespace",
    "--values",
    valuesFile,
    "--wait",
    "--timeout",
    "10m",
  ];
}
