import { nearest } from "../model/nearest.ts";
import { described } from "./issue.ts";
import type { Complaint } from "./issue.ts";

/** More fields than this, and listing them helps nobody. */
const listedFields = 12;

export function unknownField(key: string, known: readonly string[]): Complaint {
  const what = `there is no field ${key} here`;
  const close = nearest(key, known);
  if (close !== undefined) return { what, fix: `did you mean ${close}?` };
  if (known.length > listedFields || known.length === 0) {
    return { what, fix: "remove it, or move it to where it belongs" };
  }
  return { what, fix: `remove it, or use one of ${known.join(", ")}` };
}

export function missingField(key: string): Complaint {
  return { what: `the required field ${key} is missing`, fix: `write ${key}` };
}

export function wrongShape(type: string, value: unknown): Complaint {
  return { what: `expected ${type}, found ${described(value)}`, fix: `write ${type} here` };
}
