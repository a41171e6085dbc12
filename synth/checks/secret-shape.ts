/** Material that is a secret wherever it stands, by what it looks like. */
export interface SecretShape {
  readonly name: string;
  /** In every string of this shape, and in few others: most strings are passed over after one look for all marks. */
  readonly mark: RegExp;
  /** A group, where there is one, is the secret itself: where a placeholder stands in it, there is none. */
  readonly pattern: RegExp;
  /** As a problem says it: `an AWS access key`. */
  readonly what: string;
  /** What a pattern cannot say about the group. */
  readonly isReal?: (secret: string) => boolean;
}
