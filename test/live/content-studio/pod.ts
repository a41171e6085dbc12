import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { field, list, stringMap, strings, text } from "../../../synth/objects/json-fields.ts";
import { repository } from "../../commands/slipway.ts";

const folder = join(repository, "dist/content-studio/applications/content-studio-dev");

/** An object of dev, as committed. */
export function committed(file: string): unknown {
  return load(readFileSync(join(folder, file), "utf8"));
}

/** What only a running cluster knows. */
export interface Running {
  /** Value of a Secret's key. */
  readonly secret: (name: string, key: string) => string;
  /** Value of a field of the pod, such as `status.hostIP`. */
  readonly field: (path: string) => string;
}

interface PodContainer {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The only container of one of dev's Deployments, with its environment as a kubelet would put it together. */
export function containerOf(component: string, running: Running): PodContainer {
  const deployment = committed(`2-serve/Deployment.${component}.yaml`);
  const [container] = list(deployment, "spec", "template", "spec", "containers");
  const environment = new Map<string, string>();
  for (const source of list(container, "envFrom")) {
    const data = stringMap(
      committed(`2-serve/ConfigMap.${text(source, "configMapRef", "name")}.yaml`),
      "data",
    );
    for (const [name, value] of Object.entries(data)) environment.set(name, value);
  }
  for (const entry of list(container, "env")) {
    const value = valueOf(entry, running).replaceAll(/\$\((\w+)\)/g, (whole, name: string) =>
      environment.has(name) ? String(environment.get(name)) : whole,
    );
    environment.set(text(entry, "name") ?? "", value);
  }
  return { args: strings(container, "args"), environment: Object.fromEntries(environment) };
}

function valueOf(entry: unknown, running: Running): string {
  const from = field(entry, "valueFrom");
  if (from === undefined) return text(entry, "value") ?? "";
  const path = text(from, "fieldRef", "fieldPath");
  if (path !== undefined) return running.field(path);
  return running.secret(text(from, "secretKeyRef", "name") ?? "", text(from, "secretKeyRef", "key") ?? "");
}
