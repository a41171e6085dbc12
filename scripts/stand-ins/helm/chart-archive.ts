import { mkdirSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { field, number, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { sha256 } from "../../charts/cache.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { asJson, isReady } from "../conditions.ts";
import { standInMark } from "../mark.ts";
import { writeWhole } from "../../whole-file.ts";

const source = "source.toolkit.fluxcd.io/v1";

/** Where source-controller keeps a chart that it has pulled. */
export interface Artifact {
  readonly url: string;
  readonly revision: string;
  readonly digest: string;
}

/** Which source makes the chart of a release: the one it names, or a HelmChart of its own. */
export function sourceOf(release: KubernetesObject): { readonly kind: string; readonly name: string } {
  const name = text(release, "spec", "chartRef", "name");
  if (name !== undefined) return { kind: text(release, "spec", "chartRef", "kind") ?? "OCIRepository", name };
  return { kind: "HelmChart", name: `${release.metadata.namespace ?? ""}-${release.metadata.name}` };
}

/** Says what to pull, as helm-controller does, where the release does not name a source that exists by itself. */
export async function requestChart(release: KubernetesObject, client: KubernetesClient): Promise<void> {
  if (field(release, "spec", "chart") === undefined) return;
  const chart = field(release, "spec", "chart", "spec");
  const { name } = sourceOf(release);
  await client.apply(
    {
      apiVersion: source,
      kind: "HelmChart",
      metadata: {
        name,
        namespace: release.metadata.namespace ?? "",
        labels: { [standInMark]: "helm-controller" },
        annotations: { [releaseMark]: release.metadata.name },
      },
      spec: {
        chart: text(chart, "chart") ?? "",
        version: text(chart, "version") ?? "*",
        interval: text(chart, "interval") ?? text(release, "spec", "interval") ?? "10m",
        sourceRef: asJson(field(chart, "sourceRef")),
        reconcileStrategy: "ChartVersion",
      },
    },
    { fieldManager: "helm-controller" },
  );
}

/** Which release a HelmChart was made for. */
export const releaseMark = "slipway.dev/stand-in-release";

/** What source-controller has pulled for the release, or what it says while it has not. */
export async function artifactOf(
  release: KubernetesObject,
  client: KubernetesClient,
): Promise<Artifact | { readonly waitingFor: string }> {
  const { kind, name } = sourceOf(release);
  const { namespace = "" } = release.metadata;
  const found = await client.get({ apiVersion: source, kind, name, namespace });
  if (found === undefined) return { waitingFor: `there is no ${kind} ${name}` };
  const isCurrent = number(found, "status", "observedGeneration") === number(found, "metadata", "generation");
  const url = text(found, "status", "artifact", "url");
  const wanted = field(release, "spec", "chart", "spec");
  const isOther = ["chart", "version"].some((name) => {
    const value = text(wanted, name);
    return value !== undefined && text(found, "spec", name) !== value;
  });
  if (url === undefined || isOther || !isCurrent || !isReady(found)) {
    return { waitingFor: `${kind} ${name} is not ready${saying(found)}` };
  }
  return {
    url,
    revision: text(found, "status", "artifact", "revision") ?? "",
    digest: text(found, "status", "artifact", "digest") ?? "",
  };
}

function saying(object: KubernetesObject): string {
  const conditions = field(object, "status", "conditions");
  const messages = Array.isArray(conditions) ? conditions.map((each) => text(each, "message") ?? "") : [];
  const message = messages.find((each) => each !== "");
  return message === undefined ? "" : `: ${message}`;
}

/** Puts the chart in a file that no other chart has. Its digest has to be the one that source-controller tells. */
export async function download({ url, digest }: Artifact, folder: string): Promise<string> {
  const content = await contentOf(url);
  if (sha256(content) !== digest) throw new Error(`${url} is not what source-controller says it is`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${digest.replace("sha256:", "")}.tgz`);
  writeWhole(path, content);
  return path;
}

function contentOf(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts));
        else reject(new Error(`${url} answers ${response.statusCode ?? 0}`));
      });
    }).on("error", reject);
  });
}
