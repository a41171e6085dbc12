/** Says what matters about a string; undefined where nothing does. */
type Judge<T> = (value: string, key: string, parent: object) => T | undefined;

/** A string that matters. */
export interface StringAt<T> {
  /** Field path, as kubectl writes it: `spec.containers[0].env[1].value`. */
  readonly path: string;
  readonly judged: T;
}

/**
 * What a judge finds among all strings of plain data, in the order in which a reader meets them. The key is the name
 * of the field that a string is the value of, or, in a list, of the list. Names of fields have a judge of their own.
 */
export function judgeStrings<T>(
  value: object,
  judge: Judge<T>,
  judgeName?: (name: string) => T | undefined,
): readonly StringAt<T>[] {
  const found: StringAt<T>[] = [];
  // Most strings are of no interest: their paths are never put together.
  const trail: (string | number)[] = [];
  const visit = (parent: object, member: unknown, key: string): void => {
    if (typeof member === "string") {
      const judged = judge(member, key, parent);
      if (judged !== undefined) found.push({ path: pathText(trail), judged });
    } else if (typeof member === "object" && member !== null) {
      collect(member, key);
    }
  };
  const collect = (parent: object, key: string): void => {
    const isList = Array.isArray(parent);
    for (const [name, member] of isList ? parent.entries() : Object.entries(parent)) {
      trail.push(name);
      const named = typeof name === "string" ? judgeName?.(name) : undefined;
      if (named !== undefined) found.push({ path: pathText(trail), judged: named });
      visit(parent, member, typeof name === "number" ? key : name);
      trail.pop();
    }
  };
  collect(value, "");
  return found;
}

function pathText(trail: readonly (string | number)[]): string {
  return trail
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join("");
}
