import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/root.ts";
import { readManifest } from "../../../synth/charts/kubernetes-yaml.ts";

/** Every object of a cluster's folder of dist, but for the values that are no objects. */
export function objectsOf(cluster: string): readonly unknown[] {
  return globSync(`dist/${cluster}/**/*.yaml`, { cwd: root })
    .filter((path) => !path.includes("/bootstrap/values/"))
    .toSorted()
    .flatMap((path) => readManifest(readFileSync(join(root, path), "utf8")));
}
