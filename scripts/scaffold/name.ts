import { environments } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";

/**
 * Longest name, in characters: what is made of it (`<name>-staging`, a pod's `<name>-staging-<hash>-<id>`) stays
 * within the 63 of a DNS label.
 */
const longest = 40;

/** Names of slices, projects and namespaces that Slipway, a reconciler or Kubernetes has taken. */
const taken: ReadonlySet<string> = new Set(["access", "default", "namespaces", "slipway"]);

/** Words that no import can be called. */
const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private " +
    "protected public return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);

/**
 * Refuses what cannot name a folder, a namespace and a Kubernetes object at once.
 *
 * @throws ProblemsError
 */
export function checkName(name: string): void {
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > longest) {
    throw refusal(
      `${JSON.stringify(name)} cannot name it`,
      `take 1 to ${longest} lower-case letters, digits and hyphens, with a letter first and no hyphen last`,
    );
  }
  if (taken.has(name) || name.startsWith("kube-") || name.startsWith("platform-")) {
    throw refusal(`the name ${name} is taken by Kubernetes or by Slipway itself`, "choose another name");
  }
  if (/^(con|prn|aux|nul|com\d|lpt\d)$/.test(name)) {
    throw refusal(`${name} is a device on Windows, where nobody could check it out`, "choose another name");
  }
}

/**
 * Refuses an app called like an environment: its slice would be `dev-local`, and `apps/dev` would read as a place.
 *
 * @throws ProblemsError
 */
export function refuseEnvironment(name: string): void {
  const found = environments.find((environment) => environment === name);
  if (found === undefined) return;
  throw refusal(
    `${found} is an environment, in which apps are placed`,
    `name the app after what it does; place it in ${found} with place(…, { environment: "${found}" })`,
  );
}

/** The constant that a definition exports, unlike any word of the texts it will stand in. */
export function constantName(
  name: string,
  suffix: "App" | "Addon" | "Cluster",
  texts: readonly string[],
): string {
  const camel = name.replace(/-+([a-z0-9])/g, (_, first: string) => first.toUpperCase());
  const isFree = (word: string) =>
    !reserved.has(word) && texts.every((text) => !new RegExp(`\\b${word}\\b`).test(text));
  const free = [camel, `${camel}${suffix}`].find(isFree);
  if (free === undefined) {
    throw refusal(
      `both ${camel} and ${camel}${suffix} are names in the files to change`,
      "choose another name",
    );
  }
  return free;
}

export function refusal(what: string, fix: string, definition = "slipway new"): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition }, what, fix }]);
}
