import { randomInt } from "node:crypto";
import { number, text } from "../../../synth/objects/json-fields.ts";
import type { Fields } from "../../../synth/objects/json-fields.ts";

const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
/** External Secrets' own default. */
const symbols = "~!@#$%^&*()_+-={}|[]:<>?,./";

/** A password as a generator of External Secrets describes it: length 24, a quarter digits and symbols by default. */
export function passwordOf(spec: Fields): string {
  const length = number(spec, "length") ?? 24;
  const quarter = Math.floor(length / 4);
  const digitCount = number(spec, "digits") ?? quarter;
  const symbolCount = number(spec, "symbols") ?? quarter;
  const letters = spec["noUpper"] === true ? lower : lower + lower.toUpperCase();
  const characters = [
    ...pick(digits, digitCount),
    ...pick(text(spec, "symbolCharacters") ?? symbols, symbolCount),
    ...pick(letters, Math.max(0, length - digitCount - symbolCount)),
  ];
  return shuffled(characters).join("");
}

function pick(from: string, count: number): readonly string[] {
  return Array.from({ length: count }, () => from[randomInt(from.length)] ?? "");
}

/** Fisher and Yates. */
function shuffled(characters: readonly string[]): readonly string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] ?? "", result[last] ?? ""];
  }
  return result;
}
