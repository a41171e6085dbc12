import { text } from "../../synth/objects/json-fields.ts";
import { readManifest } from "../../synth/charts/kubernetes-yaml.ts";
import { fullDigestOf } from "../../synth/objects/digest.ts";

/** `Kind/name` of the first object that differs between two renders; undefined if they mean the same. */
export function firstDifference(one: string, other: string): string | undefined {
  if (one === other) return undefined;
  const [first, second] = [one, other].map(documents);
  if (first === undefined || second === undefined) return "its output";
  const index = Array.from({ length: Math.max(first.length, second.length) }).findIndex(
    (_, position) => fullDigestOf(first[position] ?? null) !== fullDigestOf(second[position] ?? null),
  );
  if (index === -1) return undefined;
  const different = first[index] ?? second[index];
  return `${text(different, "kind") ?? "object"}/${text(different, "metadata", "name") ?? index}`;
}

/** Undefined for what is no YAML, which synth reports. */
function documents(manifest: string): readonly unknown[] | undefined {
  try {
    return readManifest(manifest);
  } catch {
    return undefined;
  }
}
