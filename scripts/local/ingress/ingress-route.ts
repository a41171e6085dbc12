import type { Route } from "./routes.ts";

type Rule = Pick<Route, "host" | "path" | "match">;

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
  let rule: Rule = { host: "", path: "/", match: "prefix" };
  for (const condition of conditions) {
    const [, name, value] = matcher.exec(condition.trim()) ?? [];
    if (value === undefined) return undefined;
    if (name === "Host") rule = { ...rule, host: value };
    else rule = { ...rule, path: value, match: name === "Path" ? "exact" : "prefix" };
  }
  return rule;
}
