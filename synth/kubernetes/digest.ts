import { createHash } from "node:crypto";

/** Short digest of plain data, the same whatever the order of its keys. */
export function digestOf(data: unknown): string {
  return fullDigestOf(data).slice(0, 10);
}

/** SHA-256 of plain data in hexadecimal, the same whatever the order of its keys. */
export function fullDigestOf(data: unknown): string {
  return createHash("sha256").update(stable(data)).digest("hex");
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${stable(member)}`).join(",")}}`;
}
