import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../../../synth/charts/kubernetes-yaml.ts";
import { fields, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../../synth/objects/plain.ts";
import { runProgram } from "../../charts/run-program.ts";

interface Rendering {
  readonly helm: string;
  readonly release: KubernetesObject;
  /** The packaged chart. */
  readonly chart: string;
  readonly folder: string;
  readonly kubeVersion: string;
}

/** What Helm makes of a chart with the values of a release, in the order in which Helm installs it. */
export async function render({ helm, release, chart, folder, kubeVersion }: Rendering) {
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
