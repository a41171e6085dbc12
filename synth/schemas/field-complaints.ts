import { didYouMean } from "../model/did-you-mean.ts";
import { described } from "./issue.ts";
import type { Complaint } from "./issue.ts";

/** More fields than this, and listing them helps nobody. */
const listedFields = 12;

export function unknownField(key: string, known: readonly string[]): Complaint {
  const otherwise =
    known.length > listedFields || known.length === 0
      ? "remove it, or move it to where it belongs"
      : `remove it, or use one of ${known.join(", ")}`;
  return { what: `there is no field ${key} here`, fix: didYouMean(key, known, otherwise) };
}

export function missingField(key: string): Complaint {
  return { what: `the required field ${key} is missing`, fix: `write ${key}` };
}

export function wrongShape(type: string, value: unknown): Complaint {
  return { what: `expected ${type}, found ${described(value)}`, fix: `write ${type} here` };
}
