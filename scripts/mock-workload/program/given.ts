import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import type { Contract, Mount, Variable } from "./contract.ts";

export interface Given {
  /** What it has been given, a line each, without the value of any secret. */
  readonly told: readonly string[];
  /** What it needs and has not been given. */
  readonly missing: readonly string[];
}

/**
 * Compares what a process has been given with what its contract promises it.
 *
 * @param root folder that stands for `/`: outside a container, nothing is mounted there
 */
export function given(
  { variables, mounts }: Contract,
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): Given {
  const findings = [
    ...variables.map((variable) => ofVariable(variable, environment[variable.name])),
    ...mounts.map((mount) => ofMount(mount, root)),
  ];
  return {
    told: findings.flatMap(({ told }) => told ?? []),
    missing: findings.flatMap(({ missing }) => missing ?? []),
  };
}

interface Finding {
  readonly told?: string;
  readonly missing?: string;
}

function ofVariable({ name, from, secret }: Variable, value: string | undefined): Finding {
  if (value === undefined) return { missing: `variable ${name} is not set (${from})` };
  if (!secret) return { told: `${name}=${JSON.stringify(value)} (${from})` };
  return value === ""
    ? { missing: `secret ${name} is empty (${from})` }
    : { told: `${name}, secret (${from})` };
}

function ofMount({ path, from, writable, files }: Mount, root: string): Finding {
  const place = join(root, path);
  if (!existsSync(place)) return { missing: `nothing is mounted at ${path} (${from})` };
  const absent = files.filter((file) => !existsSync(join(place, file)));
  if (absent.length > 0) return { missing: `${path} lacks ${absent.join(", ")} (${from})` };
  if (writable && !isWritable(place)) return { missing: `${path} cannot be written to (${from})` };
  return { told: `${path}${files.length === 0 ? "" : `: ${files.join(", ")}`} (${from})` };
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
