/** A string somewhere in an object. */
export interface StringAt {
  /** Field path, as kubectl writes it: `spec.containers[0].env[1].value`. */
  readonly path: string;
  /** Name of the field it is the value of, or, in a list, of the list. */
  readonly key: string;
  readonly value: string;
  /** What has it as a field. */
  readonly parent: object;
}

/** Every string in plain data, in the order in which a reader meets them. */
export function* eachString(value: object, path = "", key = ""): Iterable<StringAt> {
  const entries: Iterable<readonly [string | number, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [name, member] of entries) {
    const here = typeof name === "number" ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    const memberKey = typeof name === "number" ? key : name;
    if (typeof member === "string") yield { path: here, key: memberKey, value: member, parent: value };
    else if (typeof member === "object" && member !== null) yield* eachString(member, here, memberKey);
  }
}
