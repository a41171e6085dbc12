import { createHash } from "node:crypto";
import { plain } from "./plain.ts";

/** Short digest of plain data, the same whatever the order of its keys. */
export function digestOf(data: unknown): string {
  return fullDigestOf(data).slice(0, 10);
}

/** SHA-256 of plain data in hexadecimal, the same whatever the order of its keys. */
export function fullDigestOf(data: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(plain(data)))
    .digest("hex");
}
