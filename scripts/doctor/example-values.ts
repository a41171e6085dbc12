import { clusterPath, factsPath, fleetPath } from "../../synth/model/paths.ts";
import type { Capabilities } from "../../synth/model/capability.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { Finding } from "./finding.ts";

/** What AWS's documents, and RFC 2606, use as examples; clusters/facts/README.md lists those in use here. */
const examples: readonly RegExp[] = [
  // Account ids in three groups of one digit, such as 111122223333, and the one that counts.
  /(?<!\d)(?:(\d)\1{3}(\d)\2{3}(\d)\3{3}|123456789012)(?!\d)/,
  // vpc-1234567890abcdef0, fs-0123456789abcdef0.
  /-(?:1234567890abcdef0|0123456789abcdef0)\b/,
  /12345678-1234-1234-1234-123456789012/,
  /EXAMPLE/,
  /\bexample\.(?:com|net|org)\b/,
];

export function isExample(value: string): boolean {
  return examples.some((pattern) => pattern.test(value));
}

/** Everything of a cluster on AWS that is an example: in its definition, and in `facts`, the text of its facts. */
export function exampleFinding(
  cluster: Cluster,
  facts: string | undefined,
  capabilities: Partial<Capabilities> = {},
): Finding {
  const check = "example-values";
  const stated = [
    ...(cluster.provider === "eks" ? strings("", { account: cluster.account, aws: cluster.aws }) : []),
    ...strings("", parsed(facts)),
    ...cluster.placements.flatMap(({ app, environment, parameters }) =>
      strings(`${app}-${environment}`, parameters),
    ),
  ];
  // Capabilities repeat facts, which are told once.
  const known = new Set(stated.map(([, value]) => value));
  const further = strings("capabilities", capabilities).filter(([, value]) => !known.has(value));
  const values = Object.fromEntries([...stated, ...further].filter(([, value]) => isExample(value)));
  const keys = Object.keys(values);
  if (keys.length === 0) {
    return { check, level: "ok", what: `${cluster.name} holds no example values`, fix: "" };
  }
  const roles = keys.filter((key) => key.startsWith("roles."));
  const shown = [
    ...keys.filter((key) => !key.startsWith("roles.")),
    ...(roles.length > 0 ? [`${roles.length} roles`] : []),
  ];
  return {
    check,
    level: "note",
    what: `${cluster.name} holds example values, so nothing can be deployed to it: ${shown.join(", ")}`,
    fix: `put the real ones into ${factsPath(cluster.name)} and ${clusterPath(cluster.name)}`,
    values,
  };
}

/** A repository of `example` is nobody's: no reconciler can clone it. */
export function repositoryFinding({ repository: { url } }: Fleet): Finding {
  const check = "repository";
  const placeholder = /\/\/github\.com\/example\/|\bexample\.(?:com|net|org)\b/.test(url);
  if (!placeholder) return { check, level: "ok", what: `reconcilers clone ${url}`, fix: "" };
  return {
    check,
    level: "note",
    what: `the repository's URL is a placeholder: ${url}`,
    fix: `put the URL that reconcilers clone into ${fleetPath}`,
  };
}

/** Every string of plain data with the path to it, such as `roles.kube-system/ebs-csi-controller-sa`. */
function strings(path: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    strings(path === "" ? key : `${path}.${key}`, member),
  );
}

/** Facts that are no JSON are a problem of the definitions, which says so. */
function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
}
