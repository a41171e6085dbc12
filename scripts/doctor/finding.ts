/** ok: as it should be · note: worth knowing, nothing is broken · fault: has to be put right. */
export type Level = "ok" | "note" | "fault";

/** One thing that the doctor looked at. */
export interface Finding {
  /** What was looked at, the same word on every run: node, git, definitions, dist, … */
  readonly check: string;
  readonly level: Level;
  readonly what: string;
  /** What to do; empty where there is nothing to do. */
  readonly fix: string;
  /** What the finding is made of, by key, such as the facts that are example values. */
  readonly values?: Readonly<Record<string, string>>;
}
