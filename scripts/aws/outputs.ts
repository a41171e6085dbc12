import { join } from "node:path";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { AwsOutput } from "../../synth/model/facts.ts";
import { factsPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { parseFacts } from "../../synth/resolve/inputs.ts";
import { errorCode } from "../tree/failure.ts";
import { root } from "../root.ts";
import { replaceFile } from "./replace-file.ts";
import type { Session } from "./session.ts";
import { readContract } from "./contract.ts";

/** What the facts of a cluster hold, and what its stacks say that they should. */
export interface FactsDifference {
  readonly path: string;
  /** One line for each value that differs: `vpcId: vpc-1 → vpc-2`. */
  readonly lines: readonly string[];
  /** Content that the file should have. */
  readonly content: string;
}

/**
 * Reads the cluster's outputs from CloudFormation, and compares them with the committed facts.
 *
 * @throws ProblemsError with each output that no stack gives, or that is not of its form
 */
export async function compareFacts(session: Session): Promise<FactsDifference> {
  const { name, outputs } = session.definition;
  const read = await readContract(session);
  const wanted = { ...inOrder(read.outputs, outputs), roles: read.roles };
  const content = `${JSON.stringify(wanted, undefined, 2)}\n`;
  // Held to the form that synth asks for, before it replaces what does have it.
  const parsed = parseFacts(name, content, outputs);
  if ("problems" in parsed) throw new ProblemsError(parsed.problems);
  const path = factsPath(name);
  return { path, content, lines: differences(flat(current(path)), flat(wanted)) };
}

/** Puts what CloudFormation says into the facts, at once or not at all. */
export function writeFacts({ path, content }: FactsDifference): void {
  replaceFile(join(root, path), content);
}

/** In the definition's order, so that the file changes only where a value does. */
function inOrder(
  values: Readonly<Record<string, string>>,
  names: readonly AwsOutput[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

function current(path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8"));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return {};
    throw error;
  }
}

function flat(value: unknown, path = ""): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, member]) => [...flat(member, path === "" ? key : `${path}.${key}`)]),
  );
}

function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys
    .filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => `${key}: ${before.get(key) ?? "(none)"} → ${after.get(key) ?? "(none)"}`);
}
