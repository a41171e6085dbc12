import type { SecretShape } from "./secret-shape.ts";

/**
 * Ways in which one string carries a login to somewhere. The group is the password. Repetitions have limits, here and
 * below: without them, a long text could take the square of its length.
 */
const connectionStrings: readonly SecretShape[] = [
  {
    name: "url",
    mark: /:\/\//,
    // What follows @sha256: is the digest of an image.
    pattern: /[a-z0-9]:\/\/[^\s:/@'"]{0,200}:([^\s/@'"]{1,500})@(?!sha256:)/gi,
    what: "a password before the host of a URL",
  },
  {
    name: "url-token",
    mark: /:\/\//,
    pattern: /https?:\/\/([^\s:/@'"]{1,500})@/gi,
    what: "a token as the user of a URL",
    isReal: looksRandom,
  },
  {
    name: "mysql",
    mark: /@(?:tcp|unix)\(/,
    pattern: /\w:([^\s@'"]{1,500})@(?:tcp|unix)\(/g,
    what: "a data source name of the Go driver for MySQL",
  },
  {
    name: "azure",
    mark: /AccountKey=|SharedAccessKey=/,
    pattern: /(?:AccountKey|SharedAccessKey)=([^\s;"']+)/g,
    what: "a connection string of Azure",
  },
];

/** The password in a connection string, unless it is a placeholder that something fills in. */
export function passwordInUrl(value: string): string | undefined {
  return connectionStrings
    .filter(({ mark }) => mark.test(value))
    .flatMap(({ pattern, isReal }) =>
      [...value.matchAll(pattern)]
        .map(([, password = ""]) => password)
        .filter((password) => !isPlaceholder(password) && (isReal === undefined || isReal(password))),
    )[0];
}

/** What the shell, the kubelet or a template fills in: `$(NAME)`, `$(command)`, `${NAME}`, `{{ .name }}`. */
const filledIn =
  /\{\{.{0,500}?\}\}|\$\([^()\n]{0,200}(?:\([^()\n]{0,200}\)[^()\n]{0,200}){0,3}\)|\$(?:__)?\{(?:(?:env|file|vault|secret|aws):[\w./:-]+|[\w.]+(?::?\?[^{}]*|:?-)?)\}|\$__(?:file|env)\{[^{}]*\}/gis;

/** Whole values that stand for another one. Anchored at both ends: a password may begin with any of these. */
const placeholders: readonly RegExp[] = [
  // $NAME and $1; in lower case only after the name of a secret, since $tulip is a password.
  /^\$(?:[A-Z_][A-Z0-9_]*|\d|[a-z_]*(?:password|passwd|pass|pw|secret|token|key))$/,
  /^<[^<>]*>$/,
  /^%(?:\(\w+\))?[sdqv]$/,
  /^%(?:\{[^{}]*\}|env\([^()]*\)%|[A-Z_]+%)$/,
  /^(?:\*+|[xX]+|\.{3}|…|__[A-Z_]+__)$/,
  // References that vals, the Vault webhook, 1Password or sops resolve.
  /^(?:ref\+[a-z0-9]+:\/\/\S+|vault:[\w-]+\/\S+|op:\/\/\S+|arn:aws[\w-]*:(?:secretsmanager|ssm):\S+|ENC\[\S+\])$/,
  /^(?:true|false|null|nil|none|yes|no|on|off|optional|required|disabled|enabled|always|never|redacted)$/i,
];

/** Whether a value only stands for another one, from its first character to its last. */
export function isPlaceholder(value: string): boolean {
  const literal = literalPart(value);
  if (literal !== value && !/[^\W_]/.test(literal.replace(/^(?:Bearer|Basic)\b/i, ""))) return true;
  return placeholders.some((placeholder) => placeholder.test(value));
}

/** A path below a folder of a container's usual layout; a base64 value may begin with a slash as well. */
export function isFilePath(value: string): boolean {
  return /^\/(?:app|config|data|dev|etc|home|mnt|opt|proc|root|run|secrets?|srv|tmp|usr|var|vault|workspace)(?:\/[\w.@-]+)*\/?$/.test(
    value,
  );
}

/**
 * Whether a value looks random: long enough, of several kinds of characters, and without the regularity of
 * names, paths, addresses, digests and ARNs.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || value.length > 512 || isPlaceholder(value) || isFilePath(value)) return false;
  const literal = literalPart(value);
  if (literal.length < 16 || /\s/.test(literal)) return false;
  if (/^(?:sha(?:256|512):|arn:|https?:\/\/|oci:\/\/|\.{1,2}\/)/.test(literal)) return false;
  // Words joined by dashes, dots, slashes or underscores are names.
  if (
    literal
      .split(/[-._/:@]/)
      .every((word) => /^(?:[A-Za-z]*|\d{1,6}|v?\d+[a-z]*|[A-Za-z]+\d{1,3})$/.test(word))
  ) {
    return false;
  }
  return /\d/.test(literal) && /[A-Za-z]/.test(literal) && entropy(literal) >= 3.3;
}

function literalPart(value: string): string {
  return /\{\{|\$/.test(value) ? value.replaceAll(filledIn, "") : value;
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
