import { isPlaceholder, passwordInUrl } from "./secret-patterns.ts";
import type { SecretShape } from "./secret-shape.ts";

const secretShapes: readonly SecretShape[] = [
  {
    name: "pem",
    mark: /PRIVATE KEY/,
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g,
    what: "a private key",
  },
  {
    name: "age",
    mark: /AGE-SECRET-KEY-/,
    pattern: /AGE-SECRET-KEY-[0-9A-Z-]{20,}/g,
    what: "a private key of age",
  },
  {
    name: "aws",
    mark: /AKIA|ASIA/,
    // ASIA begins words as well, of which none has a digit.
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA(?=[A-Z]*\d))[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    what: "an AWS access key",
  },
  {
    name: "bedrock",
    mark: /ABSK|bedrock-api-key-/,
    pattern: /(?<![\w+/])(?:ABSK[A-Za-z0-9+/]{40,}|bedrock-api-key-[\w+/-]{24,})/g,
    what: "an API key of Amazon Bedrock",
  },
  {
    name: "jwt",
    mark: /eyJ/,
    pattern: /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
    what: "a JSON Web Token",
  },
  {
    name: "github",
    mark: /gh[pousr]_|github_pat_/,
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/g,
    what: "a GitHub token",
  },
  {
    name: "gitlab",
    mark: /gl(?:pat|dt|rt|cbt|ptt)-/,
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt)-[\w-]{16,}/g,
    what: "a GitLab token",
  },
  {
    name: "slack",
    mark: /xox|xapp-/,
    pattern: /(?<!\w)(?:xox[abeoprs]|xapp)-[\w-]{10,}/g,
    what: "a Slack token",
  },
  {
    name: "slack-hook",
    mark: /hooks\.slack\.com/,
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?:\w+\/)*([\w-]{8,})/g,
    what: "a Slack webhook",
  },
  { name: "npm", mark: /npm_/, pattern: /(?<!\w)npm_[A-Za-z0-9]{30,}/g, what: "an npm token" },
  { name: "pypi", mark: /pypi-/, pattern: /(?<!\w)pypi-AgE[\w-]{16,}/g, what: "a PyPI token" },
  {
    name: "stripe",
    mark: /[rs]k_(?:live|test)_|whsec_/,
    pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[\w+/]{24,})/g,
    what: "a Stripe key",
  },
  {
    name: "sendgrid",
    mark: /SG\./,
    pattern: /(?<![\w.])SG\.[\w-]{16,}\.[\w-]{16,}/g,
    what: "a SendGrid key",
  },
  { name: "hugging-face", mark: /hf_/, pattern: /(?<!\w)hf_[A-Za-z0-9]{30,}/g, what: "a Hugging Face token" },
  { name: "vault", mark: /hv[sb]\./, pattern: /(?<![\w.])hv[sb]\.[\w-]{24,}/g, what: "a Vault token" },
  {
    name: "doppler",
    mark: /dp\./,
    pattern: /(?<![\w.])dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{24,}/g,
    what: "a Doppler token",
  },
  {
    name: "google",
    mark: /GOCSPX-|AIza/,
    pattern: /(?<!\w)(?:GOCSPX-[\w-]{20,}|AIza[\w-]{35})/g,
    what: "a Google key",
  },
  {
    name: "api-key",
    mark: /sk-/,
    pattern: /(?<!\w)sk-(?:ant-|proj-)?[\w-]{32,}/g,
    what: "an API key",
  },
  {
    name: "bearer",
    mark: /[Bb]earer|BEARER/,
    pattern: /\bBearer\s+((?=[\w.~+/-]*\d)[\w.~+/-]{16,}=*)/gi,
    what: "a bearer token",
  },
  {
    name: "basic",
    mark: /[Bb]asic|BASIC/,
    pattern: /\bBasic\s+([A-Za-z0-9+/]{4,}={0,2})(?!\w)/gi,
    what: "a login of basic authentication",
    isReal: isEncodedLogin,
  },
  {
    name: "registry",
    mark: /"auth\\?"/,
    pattern: /"auth\\?"\s*:\s*\\?"([A-Za-z0-9+/]{4,}={0,2})\\?"/g,
    what: "a login to a registry",
    isReal: isEncodedLogin,
  },
  {
    name: "netrc",
    mark: /login\s+\S+\s+password\s/,
    pattern: /login\s+\S+\s+password\s+(\S+)/g,
    what: "a netrc with its password",
  },
  {
    name: "directive",
    mark: /requirepass|masterauth|HTTP_Passwd|http_passwd/,
    pattern: /^[^\S\n]*(?:requirepass|masterauth|HTTP_Passwd)[^\S\n]+["']?([^\s"']+)/gim,
    what: "a configuration with its password",
  },
];

/** One look for everything above. */
const anyMark = new RegExp(secretShapes.map(({ mark }) => mark.source).join("|"));
const connection = /:\/\/|@(?:tcp|unix)\(|AccountKey=|SharedAccessKey=/;

/** What in a string is a secret by its shape. */
export function shapeIn(value: string): string | undefined {
  if (connection.test(value) && passwordInUrl(value) !== undefined) {
    return "a connection string with its password";
  }
  return anyMark.test(value) ? secretShapes.find((shape) => isIn(value, shape))?.what : undefined;
}

function isIn(value: string, { mark, pattern, isReal }: SecretShape): boolean {
  if (!mark.test(value)) return false;
  return [...value.matchAll(pattern)].some(
    ([, secret]) =>
      secret === undefined || (!isPlaceholder(secret) && (isReal === undefined || isReal(secret))),
  );
}

/** `<user>:<password>` in base64: words are not, of which the decoding is no text. */
function isEncodedLogin(value: string): boolean {
  const login = decoded(value);
  const password = login?.slice(login.indexOf(":") + 1);
  return login !== undefined && /:./.test(login) && password !== undefined && !isPlaceholder(password);
}

/** A run that base64 could have made; shorter than 24 it hides nothing that has a shape. */
const encoded = /(?<![\w+/=-])[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** All texts that a string holds in base64. */
export function decodedTexts(value: string): readonly string[] {
  if (value.length < 24) return [];
  return (value.match(encoded) ?? []).flatMap((run) => decoded(run) ?? []);
}

/** Undefined where the bytes are no printable text. */
export function decoded(base64: string): string | undefined {
  const text = Buffer.from(base64, "base64").toString("latin1");
  return /^[\t\n\r\u0020-\u007e]+$/.test(text) ? text : undefined;
}
