import type { ContainerView, PodTemplate } from "../../synth/checks/workloads.ts";
import { field, list, number, strings, text } from "../../synth/objects/json-fields.ts";
import { mountsOf } from "./mounts.ts";
import type { KeysOf } from "./keys.ts";
import type { Contract, Variable } from "./program/contract.ts";

/** Kinds of workloads whose containers, but for init containers, run on and on. */
const servers = new Set(["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "argoproj.io/Rollout"]);

const probes = ["startupProbe", "livenessProbe", "readinessProbe"];

/** What a container declares that it needs and does. */
export function contractOf(template: PodTemplate, container: ContainerView, keysOf: KeysOf): Contract {
  const { spec, name, init } = container;
  const sidecar = text(spec, "restartPolicy") === "Always";
  return {
    workload: template.name,
    container: name,
    args: [...strings(spec, "command"), ...strings(spec, "args")],
    runs: sidecar || (servers.has(template.kind) && !init) ? "always" : "once",
    ports: list(spec, "ports").map((port) => ({
      name: text(port, "name") ?? "",
      number: number(port, "containerPort") ?? 0,
      protocol: text(port, "protocol") === "UDP" ? "UDP" : "TCP",
    })),
    pages: probes.flatMap((probe) => pageOf(container, field(spec, probe))),
    variables: variablesOf(container, keysOf),
    mounts: mountsOf(template, container, keysOf),
  };
}

function pageOf({ spec }: ContainerView, probe: unknown): Contract["pages"] {
  const path = text(probe, "httpGet", "path");
  if (path === undefined) return [];
  const port = number(probe, "httpGet", "port") ?? portNamed(spec, text(probe, "httpGet", "port"));
  return port === undefined ? [] : [{ path, port }];
}

function portNamed(spec: unknown, name: string | undefined): number | undefined {
  return number(
    list(spec, "ports").find((port) => text(port, "name") === name),
    "containerPort",
  );
}

/** Each once: as in a container, `env` wins over `envFrom`, and what comes later over what came before. */
function variablesOf({ spec }: ContainerView, keysOf: KeysOf): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const source of list(spec, "envFrom")) {
    for (const variable of variablesFrom(source, keysOf)) found.set(variable.name, variable);
  }
  for (const entry of list(spec, "env")) {
    const name = text(entry, "name") ?? "";
    const source = sourceOf(entry);
    if (source === undefined) continue;
    // A value may be put together with that of a secret, which makes it one.
    const parts = [...(text(entry, "value") ?? "").matchAll(/\$\(([\w.-]+)\)/g)];
    const carriesSecret = parts.some(([, part = ""]) => found.get(part)?.secret === true);
    found.set(name, { name, ...source, secret: source.secret || carriesSecret });
  }
  return [...found.values()];
}

function variablesFrom(source: unknown, keysOf: KeysOf): readonly Variable[] {
  const prefix = text(source, "prefix") ?? "";
  return (["ConfigMap", "Secret"] as const).flatMap((kind) => {
    const reference = field(source, kind === "Secret" ? "secretRef" : "configMapRef");
    const name = text(reference, "name");
    if (name === undefined || field(reference, "optional") === true) return [];
    return keysOf(kind, name).map((key): Variable => ({
      name: `${prefix}${key}`,
      from: `${kind} ${name}`,
      secret: kind === "Secret",
    }));
  });
}

/** Undefined where it may be left out. */
function sourceOf(entry: unknown): Omit<Variable, "name"> | undefined {
  const from = field(entry, "valueFrom");
  if (from === undefined) return { from: "its value", secret: false };
  const path = text(from, "fieldRef", "fieldPath") ?? text(from, "resourceFieldRef", "resource");
  if (path !== undefined) return { from: `field ${path}`, secret: false };
  const secret = field(from, "secretKeyRef") !== undefined;
  const reference = field(from, secret ? "secretKeyRef" : "configMapKeyRef");
  if (field(reference, "optional") === true) return undefined;
  const kind = secret ? "Secret" : "ConfigMap";
  return { from: `${kind} ${text(reference, "name")}, key ${text(reference, "key")}`, secret };
}
