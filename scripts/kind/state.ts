import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { list, number } from "../../synth/objects/json-fields.ts";
import { kubeconfigIn } from "../cluster/state.ts";
import { writeWhole } from "../whole-file.ts";
import type { KindConfiguration } from "./configuration.ts";
import { configurationText } from "./configure.ts";
import type { IngressPorts } from "./configure.ts";

function configurationIn(folder: string): string {
  return join(folder, "kind.yaml");
}

/** Complete at any moment: a rename. Returns its path. */
export function writeConfiguration(folder: string, configuration: KindConfiguration): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = configurationIn(folder);
  writeWhole(path, configurationText(configuration));
  return path;
}

/** The ports that the cluster was made with; undefined where none was. */
export function ingressPortsIn(folder: string): IngressPorts | undefined {
  let text: string;
  try {
    text = readFileSync(configurationIn(folder), "utf8");
  } catch {
    return undefined;
  }
  const mappings = list(list(load(text), "nodes")[0], "extraPortMappings");
  const hostPort = (port: number) =>
    number(
      mappings.find((mapping) => number(mapping, "containerPort") === port),
      "hostPort",
    );
  const [http, https] = [hostPort(80), hostPort(443)];
  return http === undefined || https === undefined ? undefined : { http, https };
}

export function forgetCluster(folder: string): void {
  for (const path of [kubeconfigIn(folder), configurationIn(folder)]) rmSync(path, { force: true });
  rmSync(join(folder, "registry-hosts"), { recursive: true, force: true });
}
