import { isFilePath, isPlaceholder, looksRandom } from "./secret-patterns.ts";

/** What the last words of a name say about its value, in the form that `words` gives them. */
const names = {
  /** Even a word is one here: nothing else is ever called so. */
  password: /(?:password|passwd|passphrase|pgpass|requirepass|(?:^|_)(?:pass|pwd?))s?(?:_?\d+)?$/,
  /** A value that looks random is one here. */
  secret:
    /(?:secret|token|credential|(?:^|_)sk|(?:api|access|account|app|application|auth|encryption|hmac|master|private|secret|session|shared|signing)_?key)s?(?:_?\d+)?$/,
  /** The value is the name of a Secret or of a key in it. */
  reference: /existing|pull_?secret|secret_?name/,
  /** The value is a hash of something public. */
  revision: /(?:^|_)(?:commit|git|revision|sha|digest|checksum)(?:_|$)/,
};

/** Passes over almost all names with one look. */
const anyName = /pass|pwd?|secret|token|credential|key|sk/i;

/** What is secret about a value, by the name that it goes by. */
export function secretByName(name: string, value: string): string | undefined {
  if (!anyName.test(name)) return undefined;
  const called = words(name);
  const literal = value.trim();
  if (names.reference.test(called) && /^[\w.-]+$/.test(literal)) return undefined;
  if (names.revision.test(called) && /^[0-9a-f]{7,64}$/.test(literal)) return undefined;
  if (names.password.test(called) && isPassword(called, literal)) return `it sets ${name} to a value`;
  // A long one may be wrapped.
  return names.secret.test(called) && literal.split(/\s+/).some(looksRandom)
    ? `it sets ${name} to a value that looks random`
    : undefined;
}

/** `--db-password`, `dbPassword`, `DB_PASSWORD` and `db.password` are all `db_password`. */
function words(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[.-]+/g, "_")
    .replace(/^_+/, "")
    .toLowerCase();
}

/** A literal: neither a path to a mounted file, nor an address, a script or something that fills in later. */
function isPassword(called: string, value: string): boolean {
  if (value === "" || isPlaceholder(value) || isFilePath(value)) return false;
  // PWD is the working folder as well.
  if (called === "pwd" && value.startsWith("/")) return false;
  return !/^(?:[a-z][a-z0-9+.-]*:\/\/|#!)/i.test(value);
}
