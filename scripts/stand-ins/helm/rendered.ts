import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../../../synth/charts/kubernetes-yaml.ts";
import { fields, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../../synth/objects/plain.ts";
import { runProgram } from "../../process/run-program.ts";
import { download } from "./chart-archive.ts";
import type { Artifact } from "./chart-archive.ts";

export interface RenderOptions {
  /** Path of the helm to render with. */
  readonly helm: string;
  /** Charts are kept in it. */
  readonly folder: string;
  /** Such as `1.35.4`. */
  readonly kubeVersion: string;
}

export type Render = (release: KubernetesObject, artifact: Artifact) => Promise<readonly KubernetesObject[]>;

/**
 * What Helm makes of a chart with the values of a release, in the order in which Helm installs it. The last rendering of
 * each release is remembered: correcting drift needs the same once more.
 */
export function renderer(options: RenderOptions): Render {
  const last = new Map<string, { readonly key: string; readonly objects: readonly KubernetesObject[] }>();
  return async (release, artifact) => {
    const { name, namespace = "" } = release.metadata;
    const key = `${artifact.digest} ${JSON.stringify(release["spec"])}`;
    const known = last.get(`${namespace}/${name}`);
    if (known?.key === key) return known.objects;
    const objects = await render(options, release, await download(artifact, options.folder));
    last.set(`${namespace}/${name}`, { key, objects });
    return objects;
  };
}

async function render(
  { helm, folder, kubeVersion }: RenderOptions,
  release: KubernetesObject,
  chart: string,
) {
  const values = join(folder, `values-${randomUUID()}.json`);
  writeFileSync(values, JSON.stringify(fields(release, "spec", "values")), { mode: 0o600 });
  const namespace = text(release, "spec", "targetNamespace") ?? release.metadata.namespace ?? "default";
  const name = text(release, "spec", "releaseName") ?? release.metadata.name;
  try {
    const { ok, stdout, reason } = await runProgram(helm, [
      "template",
      name,
      chart,
      "--namespace",
      namespace,
      "--include-crds",
      "--kube-version",
      kubeVersion,
      "--values",
      values,
    ]);
    if (!ok) throw new Error(`Helm cannot render ${release.metadata.name}: ${reason}`);
    return readManifest(stdout).filter(isKubernetesObject);
  } finally {
    rmSync(values, { force: true });
  }
}
