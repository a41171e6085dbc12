/** Names of fields and map keys from an object's root; an element of a list is `[its key]`, or `[2]` where it has none. */
export type FieldPath = readonly string[];

/** `spec.template.spec.containers[api].image`; a key with dots or slashes stands in brackets, too. */
export function pathText(path: FieldPath): string {
  return path.reduce((text, part) => {
    if (part.startsWith("[")) return `${text}${part}`;
    if (/[./]/.test(part)) return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
