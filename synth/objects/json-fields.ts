/** Reading rendered objects, of which nothing is certain before the schema rule has spoken: a field or nothing. */

export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What lies at a path of field names. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isFields(current)) return undefined;
    current = current[name];
  }
  return current;
}

export function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = field(value, ...path);
  return typeof found === "string" ? found : undefined;
}

export function number(value: unknown, ...path: readonly string[]): number | undefined {
  const found = field(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** Empty where there is no list. */
export function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found: unknown = field(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Empty where there is no object. */
export function fields(value: unknown, ...path: readonly string[]): Fields {
  const found = field(value, ...path);
  return isFields(found) ? found : {};
}

export function strings(value: unknown, ...path: readonly string[]): readonly string[] {
  return list(value, ...path).filter((member) => typeof member === "string");
}

/** Labels, annotations, selectors. */
export function stringMap(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields(value, ...path)).flatMap(([key, member]) =>
      typeof member === "string" ? [[key, member]] : [],
    ),
  );
}
