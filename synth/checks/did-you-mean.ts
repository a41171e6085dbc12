import { nearest } from "../model/nearest.ts";

/** How to fix an unknown name: the known one that looks like it, or else what to do. */
export function didYouMean(name: string, known: readonly string[], otherwise: string): string {
  const suggestion = nearest(name, known);
  return suggestion === undefined ? otherwise : `did you mean ${suggestion}? Otherwise ${otherwise}`;
}
