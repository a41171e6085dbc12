/** Requests of a host, at a path or below it. */
export interface Rule {
  /** Exact, or `*.example.com`; empty for any. */
  readonly host: string;
  readonly path: string;
  readonly match: "exact" | "prefix";
}

const matcher = /^(Host|PathPrefix|Path)\(\s*[`"]([^`"]+)[`"]\s*\)$/;

/**
 * Hosts and paths that a rule of Traefik's lets through, where it is made of `Host`, `Path` and `PathPrefix` with `&&`,
 * and of such alternatives with `||`. None where it asks for anything else: a guess would lead requests astray.
 */
export function rulesOf(match: string): readonly Rule[] {
  const rules = match.split("||").map((alternative) => ruleOf(alternative.split("&&")));
  return rules.every((rule) => rule !== undefined) ? rules : [];
}

function ruleOf(conditions: readonly string[]): Rule | undefined {
  const found = new Map<string, string>();
  for (const condition of conditions) {
    const [, name, value] = matcher.exec(condition.trim()) ?? [];
    if (name === undefined || value === undefined) return undefined;
    found.set(name, value);
  }
  const exact = found.get("Path");
  return {
    host: found.get("Host") ?? "",
    path: exact ?? found.get("PathPrefix") ?? "/",
    match: exact === undefined ? "prefix" : "exact",
  };
}
