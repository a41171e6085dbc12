/** A file of the scaffold, from the repository root. */
export interface ScaffoldFile {
  readonly path: string;
  readonly content: string;
}

/** A file that is there, and what becomes of it. */
export interface ScaffoldEdit extends ScaffoldFile {
  /** Content the edit was made for: applying it to any other is refused. */
  readonly before: string;
}

/** What `slipway new` writes, before anything is written. */
export interface Scaffold {
  readonly files: readonly ScaffoldFile[];
  readonly edits: readonly ScaffoldEdit[];
  /** What is left for a person to do, one sentence each. */
  readonly next: readonly string[];
}
