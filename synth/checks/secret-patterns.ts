/** Material that is a secret wherever it stands. */
interface SecretPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

export const secretPatterns: readonly SecretPattern[] = [
  { name: "a private key", pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { name: "an AWS access key", pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  { name: "a JSON Web Token", pattern: /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { name: "a GitHub token", pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})/ },
  { name: "a GitLab token", pattern: /(?<!\w)glpat-[\w-]{20,}/ },
  { name: "a Slack token", pattern: /(?<!\w)xox[abeoprs]-[\w-]{10,}/ },
  {
    name: "an API key",
    pattern: /(?<!\w)(?:sk-(?:ant-|proj-)?[\w-]{32,}|sk_(?:live|test)_\w{16,}|AIza[\w-]{35})/,
  },
];

/** Marks every pattern above, to pass over almost all strings with one look. */
export const anySecret = /PRIVATE KEY|AKIA|ASIA|eyJ|gh[pousr]_|github_pat_|glpat-|xox|sk-|sk_|AIza|:\/\//;

/** A user and a password before a host. */
const credentialsInUrl = /[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*:([^\s/@'"]+)@/gi;

/** The password in a connection string, unless it is a placeholder that something fills in. */
export function passwordInUrl(value: string): string | undefined {
  return [...value.matchAll(credentialsInUrl)]
    .map(([, password = ""]) => password)
    .find((password) => !isPlaceholder(password));
}

/** `$(NAME)`, `${NAME}`, `$NAME`, `{{ .name }}`, `<name>`, `%s`, and words that stand for a value. */
export function isPlaceholder(value: string): boolean {
  return (
    /^(?:\$[({]?\w+|.*\{\{.*|.*\$[({].*|<[^>]*>|%[a-z(].*|\*+|x+|\.\.\.|…)/i.test(value) ||
    /^(?:true|false|null|none|yes|no|optional|required|disabled|enabled)$/i.test(value)
  );
}

/**
 * Whether a value looks random: long enough, of several kinds of characters, and without the regularity of
 * names, paths, addresses, digests and ARNs.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || value.length > 512 || /\s/.test(value) || isPlaceholder(value)) return false;
  if (/^(?:sha(?:256|512):|arn:|https?:\/\/|oci:\/\/|\/|\.{1,2}\/)/.test(value)) return false;
  // Words joined by dashes, dots, slashes or underscores are names.
  if (
    value.split(/[-._/:@]/).every((word) => /^(?:[A-Za-z]*|\d{1,6}|v?\d+[a-z]*|[A-Za-z]+\d{1,3})$/.test(word))
  ) {
    return false;
  }
  return /\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) >= 3.3;
}

/** Bits per character: English words have about 2.5 to 3.2 at this length, random ones 3.5 and more. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / value.length;
    return bits - share * Math.log2(share);
  }, 0);
}
