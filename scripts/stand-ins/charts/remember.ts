import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fullDigestOf } from "../../../synth/objects/digest.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";
import { cacheFolder } from "../../cache-folder.ts";
import { writeWhole } from "../../whole-file.ts";

/** A list that was made before from the same input, or is made now. What is broken in the cache is made again. */
export function remember(name: string, input: Json, make: () => readonly Json[]): readonly unknown[] {
  const path = join(cacheFolder(), `${name}-${fullDigestOf(input).replace("sha256:", "").slice(0, 16)}.json`);
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
