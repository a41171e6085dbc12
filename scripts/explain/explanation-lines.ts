import { clusterPath, inDist } from "../../synth/model/paths.ts";
import { toYaml } from "../../synth/objects/yaml.ts";
import { plain } from "../../synth/objects/plain.ts";
import { sliceFolder } from "../../synth/reconciler/paths.ts";
import type { Slice } from "../../synth/resolve/slice.ts";
import { fieldLines, tableLines, terminalWidth } from "../output/table.ts";
import type { AccountPermissions, Explanation } from "./explanation.ts";

/** An explanation for people: one field a line, parameters and permissions as YAML. */
export function explanationLines(explanation: Explanation): readonly string[] {
  const {
    path,
    object,
    apiVersion,
    createdAt,
    definition,
    calledFrom,
    cluster,
    slice,
    stack,
    delivers,
    frozen,
  } = explanation;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["path", path],
    ["object", object === null ? undefined : `${object} (${apiVersion ?? ""})`],
    ["frozen at", frozen ? `${frozen.revision} by ${frozen.release}; below, as main has it now` : undefined],
    ["created at", createdAt ?? undefined],
    ["called from", list(calledFrom, "\n")],
    ["definition", definition],
    ["cluster", `${cluster} (${clusterPath(cluster)})`],
    ["stack", stack === null ? undefined : `${stack.name}: ${stack.description}`],
    ["takes", list(Object.entries(stack?.takes ?? {}).map(joined), "\n")],
    ["gives", list(stack?.gives)],
    [delivers ? "delivers" : "owner", stack === null ? ownerText(cluster, slice) : undefined],
    ["layer", slice?.layer],
    ["stage", slice === null || slice.stages.length < 2 ? undefined : stageOf(slice.stage, slice.stages)],
    ["namespace", slice?.namespace],
    ["used by", list(slice?.users)],
    ["depends on", list(slice?.dependsOn)],
    ["needed by", list(slice?.neededBy)],
    ["release", slice?.release ?? undefined],
    [
      "chart",
      slice?.chart ? `${slice.chart.name} ${slice.chart.version} of ${slice.chart.repository}` : undefined,
    ],
    [slice?.chart ? "values" : "parameters", yaml(slice?.parameters)],
    [
      "secrets",
      list(
        slice?.secrets.map(({ name, keys }) => `${name}: ${keys.join(", ")}`),
        "\n",
      ),
    ],
    ["AWS", list(slice?.permissions.map(permissionText), "\n")],
  ];
  return fieldLines(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function joined([name, value]: readonly [string, string]): string {
  return `${name}: ${value}`;
}

function ownerText(cluster: string, slice: Explanation["slice"]): string {
  return slice === null ? `all of ${cluster}` : `${slice.owner}: ${slice.description}`;
}

/** A slice in a folder of several. */
export interface FolderMember {
  /** From the repository root. */
  readonly path: string;
  readonly description: string;
  readonly definition: string;
}

export function folderMember(cluster: string, slice: Slice): FolderMember {
  const { description, definition } = slice;
  return { path: inDist(sliceFolder(cluster, slice)), description, definition };
}

/** A folder that several slices share: each with the path to name next. */
export function folderLines(members: readonly FolderMember[]): readonly string[] {
  return tableLines(
    ["FOLDER", "DEFINITION", "DESCRIPTION"],
    members.map(({ path, definition, description }) => [path, definition, description]),
    terminalWidth(),
  );
}

function stageOf(stage: string | null, stages: readonly string[]): string {
  return stage === null ? stages.join(", ") : `${stage} (${stages.indexOf(stage) + 1} of ${stages.length})`;
}

function list(names: readonly string[] | undefined, separator = ", "): string | undefined {
  return names === undefined || names.length === 0 ? undefined : names.join(separator);
}

function yaml(value: unknown): string | undefined {
  const data = plain(value ?? null);
  if (data === null || (typeof data === "object" && Object.keys(data).length === 0)) return undefined;
  return toYaml(data).trimEnd();
}

function permissionText({ serviceAccount, role, ...permissions }: AccountPermissions): string {
  return `${serviceAccount} as ${role ?? "no role: the cluster is not on AWS"}\n${yaml(permissions) ?? ""}`;
}
