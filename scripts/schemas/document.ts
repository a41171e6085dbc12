/** Reading documents of unknown shape. */
export type Document = Readonly<Record<string, unknown>>;

export function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key; fails with the key's name, because a missing one means that the source changed its form. */
export function documentAt(parent: Document, key: string): Document {
  const value = parent[key];
  if (!isDocument(value)) throw new TypeError(`${key} is no object`);
  return value;
}

export function textAt(parent: Document, key: string): string {
  const value = parent[key];
  if (typeof value !== "string") throw new TypeError(`${key} is no text`);
  return value;
}

/** The list under a key; empty where there is none. */
function listAt(parent: Document, key: string): readonly unknown[] {
  const value = parent[key] ?? [];
  if (!Array.isArray(value)) throw new TypeError(`${key} is no list`);
  return value;
}

export function documentsAt(parent: Document, key: string): readonly Document[] {
  return listAt(parent, key).filter(isDocument);
}

export function textsAt(parent: Document, key: string): readonly string[] {
  return listAt(parent, key).filter((value) => typeof value === "string");
}
