/** What an app's parameters say of its secrets' rotation. */
export interface SecretRotation {
  /** Day the secrets were last rotated. Pods read them at start, so a new day here restarts them. */
  readonly secretsRotatedOn?: `${number}-${number}-${number}`;
}

/** Annotations of pods that read secrets: they restart on the day these were rotated. None without a day. */
export function rotation({ parameters }: { readonly parameters: SecretRotation }): {
  annotations?: Record<string, string>;
} {
  const { secretsRotatedOn } = parameters;
  return secretsRotatedOn === undefined
    ? {}
    : { annotations: { "slipway.dev/secrets-rotated-on": secretsRotatedOn } };
}
