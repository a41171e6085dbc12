import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../../synth/charts/kubernetes-yaml.ts";
import { repository } from "../commands/slipway.ts";

/** Objects of a kind in the committed dist, with their paths. */
export function objectsOfDist(kind: string): readonly { readonly path: string; readonly object: unknown }[] {
  return globSync(`dist/*/**/${kind}.*.yaml`, { cwd: repository })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .flatMap((path) =>
      readManifest(readFileSync(join(repository, path), "utf8")).map((object) => ({ path, object })),
    );
}
