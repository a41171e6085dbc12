import { describe, expect, test } from "vitest";
import { passwordOf } from "../../scripts/stand-ins/secrets/password.ts";
import { fillIn } from "../../scripts/stand-ins/secrets/template.ts";

describe("templates of ExternalSecrets", () => {
  test("a value is put in, escaped where the template asks for it", () => {
    const url = "redis://factory:{{ .password | urlquery }}@redis:6379/0";
    expect(fillIn(url, { password: "a b/c" })).toBe("redis://factory:a+b%2Fc@redis:6379/0");
    expect(fillIn("user >{{ .password }} +@all", { password: "x" })).toBe("user >x +@all");
  });

  test("a value that looks like a template stays what it is", () => {
    expect(fillIn("{{ .a }}", { a: "{{ .b }} $& $1" })).toBe("{{ .b }} $& $1");
  });

  test("a key that nothing fills is named", () => {
    expect(() => fillIn("{{ .missing }}", { there: "x" })).toThrow("asks for missing");
  });

  test("what cannot be evaluated is refused, and not passed on as it stands", () => {
    expect(() => fillIn("{{ randAlpha 5 }}", {})).toThrow("does not know {{ randAlpha 5 }}");
  });
});

describe("generated passwords", () => {
  test("they are as the generator describes them", () => {
    const password = passwordOf({ length: 32, digits: 8, symbols: 0, noUpper: true });
    expect(password).toMatch(/^[a-z0-9]{32}$/);
    expect(password.replaceAll(/\D/g, "")).toHaveLength(8);
  });

  test("no two are alike", () => {
    expect(new Set(Array.from({ length: 100 }, () => passwordOf({}))).size).toBe(100);
  });
});
