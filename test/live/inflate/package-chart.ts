import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../../scripts/charts/cache.ts";
import type { Helm } from "../../../scripts/charts/helm.ts";
import type { Digest } from "../../../synth/model/names.ts";
import type { ChartSource } from "./chart-sources.ts";

export interface PackagedChart {
  readonly name: string;
  readonly version: "1.0.0";
  readonly archive: Buffer;
  readonly digest: Digest;
}

/** A chart as its author would publish it; all of ours have version 1.0.0. */
export function packageChart(helm: Helm, source: ChartSource, folder: string): PackagedChart {
  const name = /^name: (.+)$/m.exec(source["Chart.yaml"] ?? "")?.[1] ?? "";
  for (const [path, content] of Object.entries(source)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const packaged = join(folder, `${name}-packaged`);
  execFileSync(helm.path, ["package", join(folder, name), "--destination", packaged], { stdio: "ignore" });
  const archive = readFileSync(join(packaged, readdirSync(packaged)[0] ?? ""));
  return { name, version: "1.0.0", archive, digest: sha256(archive) };
}
