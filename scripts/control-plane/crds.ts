import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { list, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { waitFor } from "./wait.ts";

/** Milliseconds until the API server serves a kind it was just told of: a second. */
const patience = 30_000;

/** The definitions in a folder of YAML files, but for the kinds left out. */
export function crdsIn(folder: string, without: readonly string[] = []): readonly KubernetesObject[] {
  return readdirSync(folder)
    .flatMap((file) => loadAll(readFileSync(join(folder, file), "utf8")))
    .filter(isKubernetesObject)
    .filter(({ kind }) => kind === "CustomResourceDefinition")
    .filter((crd) => !without.includes(text(crd, "spec", "names", "kind") ?? ""));
}

/** Applies definitions, and resolves when their kinds are served. */
export async function establishCrds(
  client: KubernetesClient,
  crds: readonly KubernetesObject[],
): Promise<void> {
  await Promise.all(crds.map((crd) => client.apply(crd)));
  for (const { apiVersion, kind, metadata } of crds) {
    const wait = { what: `the kind of ${metadata.name} to be served`, milliseconds: patience, needs: [] };
    await waitFor(wait, async () => {
      const found = await client.get({ apiVersion, kind, name: metadata.name });
      const established = list(found, "status", "conditions").some(
        (condition) => text(condition, "type") === "Established" && text(condition, "status") === "True",
      );
      return established ? true : undefined;
    });
  }
}
