/** A string of JSON, with the colon after it if it is a key, or one of the characters that open and close. */
const tokens = /"((?:[^"\\]+|\\.)*)"(\s*:)?|[{}[\]]/g;

/** Names that every object of JavaScript has, which valibot therefore passes over. */
const passedOver: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export interface FaultyKey {
  readonly key: string;
  /** Its object has it already; otherwise it is a name that no object may have. */
  readonly isRepeated: boolean;
}

/** Keys of which parsing would lose a value without a word. The text has to be JSON. */
export function faultyKeys(text: string): readonly FaultyKey[] {
  const faulty: FaultyKey[] = [];
  const open: Set<string>[] = [];
  for (const [token, content = "", colon] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const key = String(JSON.parse(`"${content}"`));
      const isRepeated = open.at(-1)?.has(key) ?? false;
      if (isRepeated || passedOver.has(key)) faulty.push({ key, isRepeated });
      open.at(-1)?.add(key);
    }
  }
  return faulty;
}
