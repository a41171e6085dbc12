import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fullDigestOf } from "../../../synth/objects/digest.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";
import { writeWhole } from "../../whole-file.ts";

/** What many runs on this machine share: `${XDG_CACHE_HOME:-~/.cache}/slipway`. */
export function sharedCache(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "slipway");
}

/** A list that was made before from the same input, or is made now. What is broken in the cache is made again. */
export function remember(name: string, input: Json, make: () => readonly Json[]): readonly unknown[] {
  const path = join(sharedCache(), `${name}-${fullDigestOf(input).replace("sha256:", "").slice(0, 16)}.json`);
  const known = readList(path);
  if (known !== undefined) return known;
  const made = make();
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, JSON.stringify(made));
  return made;
}

function readList(path: string): readonly unknown[] | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
