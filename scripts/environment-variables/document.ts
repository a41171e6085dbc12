import { appPath } from "../../synth/model/paths.ts";
import { environments } from "../../synth/model/names.ts";
import type { Variable } from "./variables.ts";

/** Longest value that the table holds, in characters. */
const longest = 60;

const head = `# Environment variables

What every container of every app is given, what for, and where it comes from, as the fleet renders it. Written by
\`npm run environment-variables\`; a test says when it is out of date.

Values that are secret are in no file: External Secrets puts them into the cluster's Secrets, from the entries that
\`npm run slipway -- explain dist/<cluster>/<layer>/<add-on or placement>\` names. Where environments differ, each
value says whose it is.
`;

/** The document, from what all placements set. */
export function environmentDocument(variables: readonly Variable[]): string {
  const byApp = Map.groupBy(variables, ({ app }) => app);
  const apps = [...byApp].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [head, ...apps.map(([app, members]) => appSection(app, members))].join("\n");
}

function appSection(app: string, variables: readonly Variable[]): string {
  const containers = Map.groupBy(variables, ({ workload, container }) =>
    workload.endsWith(` ${container}`) ? workload : `${workload}, container ${container}`,
  );
  const sections = [...containers]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => table(name, members));
  return [`## ${app}\n\nDefined in \`${appPath(app)}\`.\n`, ...sections].join("\n");
}

function table(container: string, variables: readonly Variable[]): string {
  const rows = [...Map.groupBy(variables, ({ name }) => name)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, members]) =>
        `| \`${name}\` | ${members[0]?.purpose ?? ""} | ${cell(members)} | ${members.some(({ secret }) => secret) ? "yes" : "no"} |`,
    );
  return [
    `### ${container}\n`,
    "| variable | what it is for | where it comes from | secret |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** One text where all environments agree, else each with the environments it holds for. */
function cell(members: readonly Variable[]): string {
  const texts = Map.groupBy(members, describe);
  if (texts.size === 1) return [...texts.keys()].join("");
  return [...texts].map(([text, those]) => `${text} (${namesOf(those)})`).join("; ");
}

function namesOf(members: readonly Variable[]): string {
  const found = new Set(members.map(({ environment }) => environment));
  return environments.filter((environment) => found.has(environment)).join(", ");
}

function describe({ source, value }: Variable): string {
  if (value === undefined) return source;
  const text =
    value.length > longest || value.includes("\n")
      ? "a longer text"
      : value === ""
        ? "empty"
        : `\`${value.replaceAll("|", "\\|")}\``;
  return source === "" ? text : `${text}, ${source}`;
}
