/** One thing that the API server would refuse in an object. */
export interface SchemaIssue {
  /** Field, as kubectl writes it: `spec.template.spec.containers[0].ports[1].name`. */
  readonly path: string;
  readonly what: string;
  readonly fix: string;
}

/** An issue without its place. */
export type Complaint = Omit<SchemaIssue, "path">;

/** A value in a sentence: `the number 3`, `a list`. */
export function described(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${shown(value)}`;
  return typeof value === "object" ? "an object" : `the ${typeof value} ${String(value)}`;
}

/** Text as JSON, cut where it would hide the sentence around it. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
