import { describe, expect, test } from "vitest";
import { secretsIn } from "../../synth/checks/secret-material.ts";
import { isPlaceholder } from "../../synth/checks/secret-patterns.ts";

/** Tokens are put together here, so that no scanner takes this file for a leak. */
const letters = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4";
const hex = "8f3b6c1d9e2a7f405b1c8d3e6a9f2b70";
const pem = [
  "-----BEGIN RSA PRIVATE ",
  "KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE ",
  "KEY-----\n",
].join("");
const accessKey = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N"].join(".");
const login = base64("robot:tulip");
const registry = JSON.stringify({ auths: { "ghcr.io": { auth: login } } });

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function token(prefix: string, length = 36): string {
  return `${prefix}${letters.slice(0, length)}`;
}

/** A container with one environment variable. */
function env(name: string, value: string): object {
  return { env: [{ name, value }] };
}

/** A ConfigMap with one file. */
function file(text: string): object {
  return { data: { settings: text } };
}

describe("is a secret:", () => {
  const vendors = {
    GitHub: token("ghp_"),
    "GitHub, fine-grained": token("github_pat_"),
    GitLab: token("glpat-", 20),
    "Slack bot": token("xoxb-"),
    "Slack user": token("xoxp-"),
    "Slack webhook": token("https://hooks.slack.com/services/T0001/B0001/", 24),
    npm: token("npm_"),
    PyPI: token("pypi-AgEIcHlwaS5vcmc"),
    "Stripe live": token("sk_live_"),
    "Stripe restricted": token("rk_live_"),
    SendGrid: `${token("SG.", 22)}.${letters}`,
    "Hugging Face": token("hf_", 34),
    Vault: token("hvs."),
    Google: token("GOCSPX-", 28),
    Doppler: token("dp.pt.", 43),
    age: token("AGE-SECRET-KEY-1").toUpperCase(),
    Bedrock: token("ABSK", 48),
  };
  test.each(Object.entries(vendors))("a key of %s under any name", (_, value) => {
    expect(secretsIn(file(`key ${value}`))).toHaveLength(1);
  });

  const found: Record<string, object> = {
    "a password that begins with x": env("DB_PASSWORD", "xK9dkq2"),
    "a password that begins with a dollar": env("DB_PASSWORD", "$tulip"),
    "a password that begins with a star": env("DB_PASSWORD", "*tulip"),
    "a password that begins with dots": env("DB_PASSWORD", "...tulip"),
    "a password that begins with a format": env("DB_PASSWORD", "%stulip"),
    "a password that begins with a tag": env("DB_PASSWORD", "<a>tulip"),
    "a password after a variable": env("DB_PASSWORD", "$(EMPTY)tulip"),
    "a password as the default of a variable": env("DB_PASSWORD", "${UNSET:-tulip}"),
    "a random value that begins with x": env("CLIENT_SECRET", `x${hex}`),
    "a password with a newline after it": env("DB_PASSWORD", "tulip\n"),
    "a password with a space": env("DB_PASSWORD", "red tulip"),
    "a password that begins with a slash": env("DB_PASSWORD", "/tulip9"),
    "a random value that begins with a slash": env("SECRET_KEY", `/${letters}`),
    "a random value over several lines": env("API_TOKEN", `${letters}\n${letters}`),
    "a password of a list": { passwords: ["tulip"] },

    "a URL whose password begins with x": env("URL", "postgres://u:xk29dfQ@db"),
    "a URL whose password begins with a dollar": env("URL", "postgres://u:$ecret99xyz@db"),
    "a URL with a token as its user": env("REPOSITORY", `https://${hex}@git.example.com/shop`),
    "a password in a query": env("URL", "postgres://db:5432/shop?user=u&password=tulip"),
    "a password in a JDBC connection": env("URL", "jdbc:sqlserver://db:1433;user=u;password=tulip"),
    "a password in a libpq connection": env("DSN", "host=db user=shop password=tulip"),
    "a data source name of MySQL": env("DSN", "shop:tulip@tcp(db:3306)/shop"),
    "an account key of Azure": env("STORAGE", `AccountName=shop;AccountKey=${letters}==;Suffix=x`),

    "a bearer token": env("HEADER", `Authorization: Bearer ${hex}`),
    "a login of basic authentication": env("HEADER", `Authorization: Basic ${login}`),
    "an option with its password": { args: ["--db-password=tulip"] },
    "a password in the argument after its option": { args: ["--db-password", "tulip"] },
    "a secret in the argument after its option": { args: ["--client-secret", hex] },
    "a password in a command": { command: ["sh", "-c", "PGPASSWORD=tulip psql -h db"] },

    "a password of an ini file": file("[db]\npassword=tulip\n"),
    "a password of a YAML file": file("db:\n  password: tulip\n"),
    "a password of a YAML file, in a block": file("db:\n  password: |-\n    tulip\n"),
    "a password of a YAML file, in one line": file("db: { user: shop, password: tulip }"),
    "a password of a script": file("#!/bin/sh\nexport DB_PASSWORD=tulip\n"),
    "a password of a JSON text": file('{"user":"shop","password":"tulip"}'),
    "a password of a JSON text in another": file(String.raw`{"x":"{\"password\":\"tulip\"}"}`),
    "a variable of a manifest": file("env:\n  - name: DB_PASSWORD\n    value: tulip\n"),
    "a netrc": file("machine git.example.com\n  login robot\n  password tulip\n"),
    "a login to a registry": file(registry),
    "a private key": file(pem),
    "an AWS access key": file(accessKey),

    "a private key in base64": file(base64(pem)),
    "a JSON Web Token in base64": file(base64(jwt)),
    "an AWS access key in base64": file(base64(`id: ${accessKey}`)),
    "a login to a registry in base64": file(base64(registry)),
    "a private key in base64 in a manifest": file(`data:\n  tls.key: ${base64(pem)}\n`),
    "a private key in binary data": { binaryData: { key: base64(pem) } },
    "a short password in binary data": { binaryData: { password: base64("tulip") } },
  };
  test.each(Object.entries(found))("%s", (_, object) => {
    expect(secretsIn(object)).toHaveLength(1);
  });

  const passwordNames = [
    "PGPASS",
    "DB_PASS",
    "DB_PW",
    "DB_PWD",
    "dbPwd",
    "PASSWORD_1",
    "PASSWORDS",
    "PASSWD",
  ];
  test.each(passwordNames)("a word under the name %s", (name) => {
    expect(secretsIn(env(name, "tulip"))).toHaveLength(1);
  });

  const keyNames = ["DJANGO_SECRET_KEY", "SIGNING_KEY", "ENCRYPTION_KEY", "DD_APP_KEY", "AWS_SK", "apiKey"];
  test.each(keyNames)("a random value under the name %s", (name) => {
    expect(secretsIn(env(name, hex))).toHaveLength(1);
  });
});

describe("is no secret:", () => {
  const passed: Record<string, object> = {
    "the key of a Secret": { existingSecretPassword: "admin-password" },
    "the name of a Secret": { imagePullSecret: `regcred-${hex}` },
    "a choice": { confirmPassword: "always" },
    "the address of a page": { forgotPassword: "https://id.example.com/forgot-password" },
    "a reference that vals resolves": env("PASSWORD", "ref+awsssm://shop/password"),
    "a reference to a secret store": env(
      "PASSWORD",
      "arn:aws:secretsmanager:us-west-2:123456789012:secret:a",
    ),
    "the hash of a commit": { commitToken: "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567" },
    "a word with AKIA in it": file("ZAKIAIOSFODNN7EXAMPLE"),
    "a word that begins with ASIA": file("ASIAPACIFICNORTHEAST"),
    "the path of a mounted file": env("DB_PASSWORD", "/run/secrets/database/password"),
    "the path of a file after its option": { args: ["--token", "/var/run/secrets/tokens/vault"] },
    "the option after an option": { args: ["--reset-password", "--verbose"] },
    "the working folder": env("PWD", "/shop"),
    "a count of tokens": env("MAX_TOKENS", "4096"),
    "the name of a Secret under a key of one": { secretKey: "superuserPassword" },
    "a URL without a password": env("URL", "postgres://db:5432/shop?sslmode=require"),
    "a URL with a user only": env("REPOSITORY", "https://git@github.com/example/shop.git"),
    "a URL that is filled in": env("URL", "postgres://$(DB_USER):$(DB_PASSWORD)@db/shop"),
    "an image with its digest": file(`docker://shop:v1@sha256:${hex}${hex}`),
    "a header that is filled in": file('proxy_set_header Authorization "Bearer ${TOKEN}";'),
    "a word about authentication": file("Basic authentication, bearer authentication"),
    "a script that reads a file": file('password="$(cat "$folder/token")"\nPGPASSWORD=$password psql\n'),
    "a script that asks": file('if [ "$DB_PASSWORD" = "" ]; then exit 1; fi\n'),
    "a template": file("password: {{ .password }}\nuri: redis://:{{ .password }}@redis\n"),
    "a template with a pipe": file('{"password": "{{ .password | toJson }}"}'),
    "a program that reads the environment": file('password = os.environ["DB_PASSWORD"]\ntoken: str\n'),
    "a reference in a manifest": file(
      "env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef: { name: db, key: password }\n",
    ),
    "a certificate in base64": file(base64("-----BEGIN CERTIFICATE-----\nMIIDdzCC\n")),
    "a long name": file("external-secrets-webhook-certificate-controller"),
  };
  test.each(Object.entries(passed))("%s", (_, object) => {
    expect(secretsIn(object)).toEqual([]);
  });
});

describe("stands for a value, from its first character to its last:", () => {
  const placeholders = ["$(NAME)", "${NAME}", "$NAME", "$1", "{{ .name }}", "<name>", "%s", "%(name)s"];
  test.each([...placeholders, "***", "xxx", "...", "…", "$__file{/etc/x}", "null"])("%s", (value) => {
    expect([value, `${value}9tulip`].map(isPlaceholder)).toEqual([true, false]);
  });
});

test("what is secret is said, and not repeated", () => {
  const judged = [env("DB_PASSWORD", "tulip"), file(base64(pem)), file("a: b\npassword: tulip")].flatMap(
    secretsIn,
  );
  expect(judged).toEqual([
    { path: "env[0].value", judged: "it sets DB_PASSWORD to a value" },
    { path: "data.settings", judged: "it holds a private key, in base64" },
    { path: "data.settings", judged: "a line of it sets a secret to a value" },
  ]);
});
