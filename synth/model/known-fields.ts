import { didYouMean } from "./did-you-mean.ts";

/** Each field of a definition, and whether it may be left out: a field that the type gains or loses does not compile. */
export type KnownFields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? "optional" : "required";
};

/**
 * Holds a definition to its fields. `synth` does not check types, and a misspelt optional field would quietly be its
 * default: a quota gone, a mirror not used.
 *
 * @param what it is, for people, such as `defineApp`
 * @throws TypeError at the first field that is unknown or missing, in the definition's own line
 */
export function holdToFields(
  what: string,
  definition: object,
  fields: Readonly<Record<string, "optional" | "required">>,
): void {
  const known = Object.keys(fields);
  const unknown = Object.keys(definition).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    throw new TypeError(`${what} has no field ${unknown}; ${didYouMean(unknown, known, "remove it")}`);
  }
  const given = new Map<string, unknown>(Object.entries(definition));
  const missing = known.find((field) => fields[field] === "required" && given.get(field) === undefined);
  if (missing !== undefined) throw new TypeError(`${what} needs the field ${missing}`);
}
